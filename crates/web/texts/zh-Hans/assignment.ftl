assignment-title = 批量交办
assignment-lead = 原文中明确的牵头单位和时限已经填好。各项填齐即可交办，未填齐的留待下次。
assignment-none = 这里没有等待交办的事项。
assignment-save = 交办已填齐的事项
assignment-incomplete = 未交办任何事项：没有填写齐全的事项
assignment-incomplete-next = 请至少为一个事项填写验收标准，并选定牵头方、督查单位和办理时限。填写有误的，已在该栏注明。
assignment-words = 未填验收标准的，以原文为准
assignment-count = 共 { $count } 项
assignment-more = 保存后显示其余事项。
assignment-support = 为原文中的配合单位{ $unit }设立子事项
assignment-fill = 填入以下各空白处
assignment-done = 已交办 { $count } 项。
assignment-meanwhile-next = 请重新打开页面，查看事项现在的情况。
assignment-key-down = 填入本列以下各空白处
assignment-key-enter = 下一个空白处，先牵头单位和时限

clear-title = 确认明确无疑的要求
clear-lead = 以下各条读取把握大，责任单位恰为本级某一单位，时限为确定的某一天。有误的请取消勾选；确认之后仍可逐条撤回。
clear-none = 没有责任单位和时限都明确的待确认建议。
clear-button = 确认勾选的建议（共 { $count } 条）

document-clear = 一并确认明确的 { $count } 条
document-assign = 交办 { $count } 个事项
document-take-back = 撤回这一条

keys-undo = 撤回当前这一条，或撤回上一步
keys-clear = 查看明确的建议，一并确认
keys-assign = 转到交办
