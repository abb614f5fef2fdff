"""The sentences that rehearsed units write: natural administrative Vietnamese, and nothing but text.

Kept apart so that a reader of the language can improve them without reading code.
"""

from __future__ import annotations

NOTES = (
    "Số liệu rà soát, chốt tại thời điểm lập báo cáo.",
    "Số liệu đã đối chiếu với Trạm Y tế.",
    "Đã thống nhất số liệu với cơ quan liên quan trên địa bàn.",
    "Chi tiết có trong báo cáo bằng văn bản gửi kèm.",
)
ESTIMATE_NOTES = (
    "Số ước thực hiện đến hết kỳ báo cáo, chưa chốt sổ.",
    "Ước tính do chưa có số liệu đối chiếu của cơ quan bảo hiểm xã hội.",
    "Số ước; số chính thức sẽ báo cáo ở kỳ sau.",
)
NOT_APPLICABLE_REASONS = (
    "Chưa bàn giao xong sau sắp xếp đơn vị hành chính nên đơn vị chưa quản lý nội dung này.",
    "Nội dung này do đơn vị cấp trên trực tiếp thực hiện, đơn vị không được giao.",
)
NOTHING_NOTES = (
    "Trong kỳ chưa có nội dung được đề nghị phối hợp.",
    "Trong kỳ không phát sinh công việc thuộc nhiệm vụ này.",
)
NOT_ATTAINED_EVIDENCE = (
    "Còn thiếu so với quy định, đã đưa vào kế hoạch năm sau.",
    "Đang hoàn thiện hồ sơ, chờ cấp có thẩm quyền phê duyệt.",
    "Chưa được bố trí kinh phí.",
)
DOCUMENT_NAMES = {"QĐ": "Quyết định", "KH": "Kế hoạch", "BC": "Báo cáo"}
RESULTS = (
    "Đã xây dựng dự thảo, đang lấy ý kiến các đơn vị.",
    "Đã ban hành kế hoạch và triển khai đến các bộ phận.",
    "Đã phối hợp rà soát, cung cấp số liệu theo yêu cầu.",
    "Đã tổ chức hội nghị quán triệt, đang triển khai tại cơ sở.",
    "Đang tổng hợp nhu cầu, hoàn thiện hồ sơ trình phê duyệt.",
)
COMPLETED_RESULTS = (
    "Đã ban hành văn bản và tổ chức thực hiện đầy đủ.",
    "100% cán bộ, công chức, viên chức được phổ biến, quán triệt.",
    "Đã hoàn thành, được cấp có thẩm quyền phê duyệt.",
    "Đã triển khai xong theo kế hoạch, có báo cáo kết quả.",
)
# What hinders, and what is asked for: each pair belongs together.
DIFFICULTIES = (
    ("Kinh phí được giao chưa đáp ứng nhu cầu.", "Đề nghị bổ sung kinh phí trong dự toán năm."),
    ("Thiếu nhân lực chuyên trách công nghệ thông tin.", "Đề nghị mở lớp tập huấn cho cán bộ kiêm nhiệm."),
    ("Phần mềm chưa liên thông nên phải nhập số liệu nhiều lần.", "Đề nghị liên thông các phần mềm đang dùng."),
    ("Cơ sở vật chất xuống cấp, chưa được sửa chữa.", "Đề nghị đưa vào danh mục đầu tư công trung hạn."),
    ("Chưa có hướng dẫn cụ thể của cấp trên.", "Đề nghị sớm ban hành văn bản hướng dẫn."),
    ("Người dân đi làm ăn xa nên khó mời đủ đối tượng.", "Đề nghị tổ chức thêm đợt vào ngày nghỉ."),
)
