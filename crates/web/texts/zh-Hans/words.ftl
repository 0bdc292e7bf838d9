# 台账用语。动作为动词；状态可接在“该事项”之后。
act-open = 立项
act-assign = 交办
act-reassign = 改派牵头方
act-sign_for = 签收
act-dispute = 提出异议
act-ask_extension = 申请延期
act-decide_extension = 审批延期
act-name_obstacle = 登记障碍
act-remove_obstacle = 消除障碍
act-ask_question = 提问
act-answer_question = 答复提问
act-acknowledge = 阅知
act-record_progress = 记录进展
act-add_evidence = 添加佐证材料
act-draft_report = 起草报告
act-sign_report = 签发报告
act-name_verifier = 指定核验人
act-verify = 核验
act-return = 退回
act-clear = 销号
act-reopen = 重新办理
act-withdraw = 撤销
act-publish = 公开
act-change_audience = 调整知悉范围
act-decompose = 分解为子事项
act-waive = 免于等待子事项
act-appeal = 登记申诉
act-decide_appeal = 决定申诉
act-escalate = 提请领导处理
act-instruct = 批示
act-ingest = 收录文件
act-settle = 处理建议
act-teach = 修改本单位词表
act-ask = 请求填报数据
act-observe = 填报数据
act-organise = 调整组织
act-delegate = 委托
act-ask_erasure = 申请删除个人信息
act-approve_erasure = 批准删除个人信息

state-opened = 已立项
state-assigned = 已交办
state-under_way = 办理中
state-reported = 已报结
state-verified = 已核验
state-cleared = 已销号
state-withdrawn = 已撤销

kind-directive = 交办事项
kind-indicator_gap = 指标偏离
kind-finding = 督查发现
kind-suggestion = 公众建议
kind-shortcoming = 考核短板
kind-need = 未落实的保障
kind-clue = 线索
kind-fugitive = 在逃人员
kind-case = 案件
kind-asset = 涉案资产
kind-protector = 保护伞
kind-industry = 行业乱象
kind-rectification = 整改通知
kind-report = 群众举报

outcome-done = 办结
outcome-unfounded = 查无实据
outcome-refused = 不予办理
outcome-transferred = 移送
outcome-lapsed = 终止

method-desk = 书面核验
method-site_visit = 实地核验
method-call_back = 回访核验
method-sample = 抽样核验

ground-leads = 您是该事项或其子事项的牵头人
ground-held-post = 自立项以来，您曾在牵头单位或其下级单位任职
ground-acted-for = 自立项以来，您曾可代行牵头单位人员的职责
ground-reported = 您起草或签发过该事项的报告

evidence-document = 文件材料
evidence-photo = 现场照片
evidence-data = 数据
evidence-legal_act = 法律文书
evidence-visit_note = 走访或通话记录

public-directive = 交办内容
public-lead = 牵头方
public-criterion = 验收标准
public-due = 办理时限
public-report = 报告
public-verification = 核验结论

withdrawal-decided = 经决定撤销
withdrawal-confirmed_in_error = 误立撤销

due_origin-text = 原文载明
due_origin-assigner = 交办时设定

audience-public = 公众
audience-office = 各单位全体在岗人员
audience-units = 指定单位
audience-circle = 仅限指定人员

role-administrator = 系统管理员
role-clerk = 督查经办人
role-supervision_head = 督查单位负责人
role-unit_officer = 执行单位人员
role-unit_head = 执行单位负责人
role-leader = 领导
role-auditor = 审计人员
role-public = 无任职人员

relation-lead = 牵头办理
relation-supervising = 承担督查
relation-named_verifier = 被指定核验
relation-remover = 可消除其障碍
relation-asked = 被请求填报数据
relation-own = 本人事务
relation-outside = 以上均不是

room-meetings = 会议交办
room-plan = 规划
room-assessment = 考核
room-safety_net = 兜底保障
room-campaign = 专项行动
room-tips = 举报

function-deciding = 决策
function-supervision = 督查
function-audit = 审计
function-executing = 执行

duty-head = 负责人
duty-member = 工作人员
duty-administrator = 系统管理员

direction-at-least = 不少于
direction-at-most = 不超过
direction-more-than = 超过
direction-less-than = 低于
direction-increase-by = 增加的量
direction-increase-to = 增加到
direction-reduce-by = 减少的量
direction-reduce-to = 减少到
class-action = 举措
class-target = 目标
class-principle = 原则

basis-purpose_fulfilled = 处理目的已实现或保存期限已届满
basis-person_asked = 本人撤回同意或提出反对
basis-ordered = 法院或主管机关责令删除
act-contradict = 反映不属实
act-call_back = 回访复核

link-related = 相关
link-follows = 接续对方
link-followed_by = 由对方接续
link-duplicate = 可能重复
withdrawal-duplicate = 与另一事项重复
act-link = 关联
act-merge = 并案
act-issue_notice = 发督办通知
act-take_back = 撤回
