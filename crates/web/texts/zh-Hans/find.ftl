# 查找：事项列表的三种样式、保存的视图、页首的搜索。
field-standing = 情形
field-sort = 排序
field-within = 几天内到期
field-due_from = 时限自
field-due_to = 时限至
field-opened_from = 立项自
field-opened_to = 立项至
field-published = 是否公开
field-as = 显示为
field-month = 月份
field-below = 下级单位
field-waits = 在您的待办中
field-view = 视图名称

stands-open = 未销号
stands-late = 逾期
stands-returned = 退回后重新办理
stands-held = 因障碍受阻
stands-more_time = 已申请延期
stands-not_so = 公众反映不属实
sort-due = 时限，先到期的在前
sort-number = 编号，新的在前
sort-changed = 最近变动在前
sort-lead = 牵头方，按拼音
shape-table = 列表
shape-board = 看板
shape-calendar = 日历

list-below = 含下级单位
list-more = 更多条件
list-whole-room = { $room }：全部
list-meeting = { $name }（{ $day }）
list-published = 已公开
list-unpublished = 未公开
list-narrowed = 仅限
list-changed = 最近变动
list-nothing-fits = 您可见的事项中没有同时符合这些条件的。请去掉一个条件，或换用其他关键词。

near-title = 常用列表
near-open = 未销号
near-late = 逾期
near-soon = 7 天内到期
near-returned = 退回
near-reported = 待核验
near-verified = 待销号
near-opened = 待交办
near-more-than = { $count }+

clause-or = 或
clause-remove = 去掉：{ $clause }
clause-waits = 在您的待办中：{ $waits }
clause-state = { $states }
clause-kind = { $kinds }
clause-lead = 由{ $unit }牵头
clause-lead-below = 由{ $unit }或其下级单位牵头
clause-supervising = 由{ $unit }督查
clause-within = { $days ->
        [0] 今天到期
       *[other] { $days } 天内到期
    }
clause-due-from = { $day }及以后到期
clause-due-to = { $day }及以前到期
clause-opened-from = { $day }及以后立项
clause-opened-to = { $day }及以前立项
clause-document = 出自《{ $title }》
clause-meeting = 出自会议：{ $name }
clause-audience = 知悉范围：{ $audience }
clause-published = 已公开
clause-unpublished = 未公开
clause-words = 含有 { $words }

board-empty = 无
board-all = 全部 { $count } 件

calendar-before = 上个月
calendar-after = 下个月
calendar-today = 今天
calendar-free = 休
calendar-empty = 本月没有符合条件的事项到期。事项列在其时限当天。
calendar-cut = 本月到期的事项过多，只列出前 400 件。请在上方增加条件。
calendar-more = 另有 { $count } 件
weekday-short = { $day ->
        [1] 周一
        [2] 周二
        [3] 周三
        [4] 周四
        [5] 周五
        [6] 周六
       *[7] 周日
    }
date-month = { $year }年{ $month }月

views-mine = 我的视图
views-manage = 管理
views-title = 我的视图
views-lead = 您以自己的名称保存的列表，他人看不到。最多 { $most } 个。
views-back = 返回事项
views-none = 您还没有保存视图。先缩小事项列表的范围，再在页尾命名保存。
views-keep = 将此列表保存为视图
views-keep-it = 保存
views-begins = 默认
views-begin = 设为默认
views-begin-not = 改为默认显示全部事项
views-rename = 重命名
views-rename-it = 重命名
views-delete = 删除

search-title = 搜索
search-label = 关键词或编号
search-go = 搜索
search-for = 关键词：{ $words }
search-how = 请输入事项编号（如 2026-0412）或关键词。引号内的文字按原样查找。
search-nothing = 您可见的内容中没有这些关键词。请减少关键词，或换一种说法。
search-no-such-number = 没有编号为 { $number } 的事项，或者您无权查看。
search-all-matters = 含有这些关键词的全部事项
search-more-documents = 还有更多文件含有这些关键词，请增加关键词。
search-led = 由{ $name }牵头的事项

invalid-not-days = “{ $field }”不是天数，请填写 0 至 3660 之间的数。
invalid-not-a-month = “{ $field }”不是月份，请按 2026-12 的格式填写。
invalid-ends-before-it-begins = “{ $field }”早于起始日，不会有符合的事项，请对调两个日期。
invalid-view-name-too-long = “{ $field }”过长，请最多使用 60 个字符。
invalid-view-name-taken = 您已有同名的视图，请另取名称。
invalid-view-too-long = 此列表的条件过多，无法保存，请去掉一些条件。
invalid-too-many-views = 视图数量已达上限，请先删除一个。
