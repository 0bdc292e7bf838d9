act-correct = 更正内容
do-correct = 更正内容
event-corrected = { $by }因内容有误撤销本事项，由另一事项继续办理。
invalid-the-same-matter = “{ $field }”就是本事项，请填写另一事项的编号。
ls-246 = 编号 { $number } 与知悉范围不符：仅限指定人员知悉的事项单独编号。
ls-246-next = 请重新立项，系统会按知悉范围编号。
ls-247 = 子事项 { $numbers } 尚未销号，不能更正其上级事项的内容。
ls-247-next = 请先将这些子事项销号、撤销或免于等待，或者逐项更正子事项的内容。
withdrawal-corrected = 更正内容
hint-owner = 照原文填写；牵头方在交办时确定。
hint-deadline = 照原文填写；现行时限不变。
hint-quantity = 照原文填写。
family-corrected = 本事项内容有误，已更正为 { $number } 继续办理。

new-lead = 用于领导批示、来电来访、检查发现、个人申请，或只限部分人员知悉的线索。
new-what = 事项
new-kind = 事项类别
field-how_much = 数量
hint-how_much = 选填，照原话填写。
new-from = 事项来源
field-came_as = 来源方式
came-as-instruction = 领导批示、交办
came-as-inspection = 检查、调研发现
came-as-report = 群众来电、反映
came-as-application = 个人申请
field-source_words = 来源说明
hint-source_words = 选填：何人、何时、就何事批示或来电。
field-applicant = 申请人（反映人）
hint-applicant = 仅限个人申请或群众反映时填写。姓名单独加密保存，可依法删除；只有牵头方和督查单位可见。
field-applicant_contact = 申请人（反映人）联系方式
hint-applicant_contact = 选填：电话或地址。
invalid-day-passed = “{ $field }”已过，请填写今天或以后的日期。
matter-applicant-says = 个人信息，仅牵头方和督查单位可见。
new-units-hint = 仅“指定单位”时选择。须包括督查室和您所在单位，否则该事项无人能够交办。
new-place = 同时交办
new-place-says = 以下各项留空的，立项后转入本单位待交办事项。
field-support = 配合单位
hint-support = 为每个配合单位设立一个子事项，内容、验收标准和时限相同。
new-open-and-assign = 立项并交办
new-look = 先查有无重复
new-alike = 尚未立项：可能是同一事项
new-alone = 您可查看的未销号事项中，没有内容相近的。
new-alike-says = 属于上列事项的，请点开其编号，在该事项中补充新的内容，不必另行立项；确属另一事项的，可仍然立项。重复的也可以日后在任一事项页面并案。
new-leave = 不再立项

parts-title = 分解为子事项
parts-lead = 每个子事项有各自的内容、牵头方和时限，一次全部设立，有一项不能设立则都不设立。未写牵头方的，设立后待交办。
parts-supervising = 负责各子事项的核验和销号。
parts-row = 子事项 { $no }
parts-due = 未填时限的，与本事项同日到期，即{ $due }。
parts-button = 设立子事项
parts-more = 增加行数

disputed-title = { $lead }提出异议，认为不属其职责
disputed-says = 督查单位、验收标准和时限已按原交办填好。请另选牵头方，或仍交原牵头方办理。

assignment-not-all = 有事项未能交办
assignment-moved-on = 该事项已不再待交办。您填写的内容保留在此。
assignment-see = 查看 { $number }

invalid-nothing-ticked = 请至少勾选一个需要发通知的事项。
notices-for-these = 为以上事项发督办通知
notices-circle = { $lead }（仅限指定人员知悉，单独编号）
matter-notice = 发督办通知

public-goes-on = 本事项由 { $number } 继续办理。
document-alike = 已立项，与下列未销号事项内容相近，可能重复。
new-all-the-same = 仍然立项
