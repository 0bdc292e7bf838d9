documents-title = 文件
documents-none = 收录的会议纪要和公报会列在这里。请经办人在下方收录。
documents-name = 文件
documents-held = 会议日期
documents-day-unknown = 未注明
documents-open = 待确认
documents-settled = 已处理
documents-matters = 立项
documents-take-in = 收录文件
documents-file-hint = 会议纪要、公报或任务分解表，.docx、.pdf、.xlsx、.html、.txt 或 .md 格式。OFD 和扫描件（不超过 32 MB）只保存，不读取。
documents-text-hint = 也可以直接粘贴正文。
documents-button = 收录并阅读

document-held = { $day }会议。
document-chair = { $chair }主持。
document-left = { $open ->
        [0] { $all } 条建议已全部处理。
       *[other] { $all } 条建议中有 { $open } 条待您确认。
    }
document-kept = 本文件已保存，未读取
unread-scanned = 文件各页是图像，没有可读取的文字。请录入或粘贴正文，作为同一会议的文件提交。
unread-ofd = 这是 OFD 文件，暂不能读取。请另存为 PDF 或 .docx，或粘贴正文，作为同一会议的文件提交。
unread-too-large = 文件大于可读取的上限。请录入或粘贴正文，必要时分成几部分，作为同一会议的文件提交。
document-file = 保存文件
document-give-text = 提交正文
document-pages-unread = { $count ->
       *[other] 第 { $pages } 页是图像，未读取
    }
document-pages-unread-next = 下方正文不含这些页的内容。请录入或粘贴，作为同一会议的文件提交。
document-text = 正文
document-proposals = 从中读出的要求
document-none = 没有读出要求。请补充遗漏的。
document-uncertain = 把握不大：
document-uncertain-ones = 把握不大的 { $count } 条
doubt-motion = 是一项动议，正文没有写明是否通过
doubt-short = 可能只是标题或列表中的几个字，不一定是要求
doubt-undertaking = 说的是某方将要做什么，不一定是要求
doubt-carried-over = 由谁办理只在前文写明
doubt-table = 出自表格或列表，各栏含义不明确
doubt-unclear = 从措辞看不一定是要求
document-called = { $unit }，依据本单位词表：
document-by-list = 依据本单位词表
taught-by = { $by }于{ $day }根据《{ $document }》教给系统
document-dismissed-ones = 已排除：{ $count } 条
document-dismissed-by = { $by }排除，{ $when }
document-bring-back = 恢复
document-left-out = 按本单位词表略去
document-left-out-ones = 按本单位词表略去：{ $count } 条
document-left-out-by = “{ $words }”在本单位不算要求：
document-bring-in = 收回为建议
document-never = 今后都排除
document-goes-on = 已更正，由{ $number }继续办理
document-noted = 已记录
document-dismissed = 已排除
document-to-text = 转到正文中的位置
document-ambiguous = 不能确定是哪一天
document-confirm = 确认立项
document-note = 记录原则
document-as-matter = 作为事项立项
document-correct = 更正
document-split = 拆分
document-merge = 与下一条合并
document-dismiss = 排除
document-undo = 撤回上一步
document-add = 补充遗漏的要求
document-stale = 您的操作没有生效。下面是文件现在的情况，请重新选择。

keys-title = 键盘操作
keys-move = 下一条、上一条
keys-confirm = 确认立项，或记录原则
keys-aside = 查看已排除的，或按本单位词表略去的；按 u 恢复

proposal-correct = 更正建议
proposal-divide = 拆分建议
proposal-add = 补充要求
proposal-back = 返回文件
proposal-quote-hint = 与正文完全一致的文字。
proposal-divide-hint = 每条要求各占一行，其他不要改动。
proposal-button = 保存

class-says-action = 举措：可以查验的行为或成果
class-says-target = 目标：要达到的数量或状态
class-says-principle = 原则：态度或持续的努力
proposal-stale = 您的操作未生效，所填内容保留在下方。请先查看文件目前的情况；仍然适用的，可再次提交。

place-line = 第{ $line }行
place-page = 第{ $page }页第{ $line }行
place-paragraph = 第{ $no }段
place-table = 表{ $table }第{ $row }行第{ $column }列
place-footnote = 脚注{ $no }
place-endnote = 尾注{ $no }
place-text-box = 文本框{ $no }
place-cell = 工作表“{ $sheet }”{ $cell }单元格
proposal-teach = 今后在本单位的文件中，“{ $words }”都指这个单位

meanwhile-added = { $by }补充了“{ $words }”（{ $when }）。
meanwhile-corrected = { $by }更正了“{ $words }”（{ $when }）。
meanwhile-split = { $by }拆分了“{ $words }”（{ $when }）。
meanwhile-merged = { $by }将“{ $words }”与下一条合并（{ $when }）。
meanwhile-dismissed = { $by }排除了“{ $words }”（{ $when }）。
meanwhile-brought-in = { $by }将“{ $words }”收回为建议（{ $when }）。
meanwhile-confirmed = { $by }将“{ $words }”立项（{ $when }）。
meanwhile-noted = { $by }记录了“{ $words }”（{ $when }）。
meanwhile-undone = { $by }撤回了一步操作（{ $when }）。

sheet-title = 任务清单
sheet-heading = 任务清单：{ $document }
sheet-made = 截至{ $day }。
sheet-workbook = 任务清单（Excel 工作簿 .xlsx）
sheet-print = 打印任务清单
sheet-print-hint = 请用浏览器打印本页，A4 横向。
sheet-none = 本文件尚无立项的要求；确认立项后列在这里。
