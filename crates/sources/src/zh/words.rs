//! The closed classes and the administrative verbs of Chinese official prose.

use crate::words::Words;
use std::sync::LazyLock;

/// Verbs whose doing leaves something to check.
pub(crate) static ACTS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "制定 制订 出台 印发 编制 修订 修改 起草 拟定 草拟 召开 举办 举行 组织召开 组织开展 设立 成立 组建 新建 改建 扩建 建成 开工 动工 启动 竣工",
        "缓缴 减免 免征 免除 征收 发放 拨付 支付 采购 购置 购买 签订 签署 报送 上报 提交 提请 报告 公布 公示 公开 发布 通报 分解 纳入 列入 列出 细化",
        "暂不 取消 下放 申报 申请 登记 备案 审批 审定 核定 核查 检查 抽查 督查 排查 清查 清理 摸排 整改 整治 拆除 修复 修建 修缮 疏浚 安装 更换 改造",
        "配备 配置 选派 派出 抽调 招聘 招录 培训 编印 汇总 梳理 建档 立项 招标 移交 移送 交付 划拨 安排 下达 下拨 兑现 兑付 延长 调整 上调 下调 提高至",
        "降低至 增加至 新增 增设 增派 增加 开设 开通 开放 上线 投放 投入 关闭 停止 封闭 恢复 试行 实行 施行 执行 办理 办结 答复 回复 反馈 约谈 通知 函告 公告",
        "完成 明确 确定 研究制定 研究提出 提出 形成 绘制 公开招标 评估 审计 验收 核实 查处 查办 处置 处理 处罚 问责 考核 测算 论证 勘察 演练 开展专项 对接",
        "逐项 逐一 抢收 抢种 抢修 收购 收储 储备 投运 投用 竣工 回访 走访 慰问 征求 听取 汇报 分解落实 填报 录入 更新 补齐 建档立卡 张贴 宣传",
    ])
});

/// Verbs of attitude and of effort without an end.
pub(crate) static EFFORTS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "加强 强化 推进 推动 坚持 深化 促进 提升 提高 优化 保障 维护 防范 遏制 增强 巩固 发挥 统筹 引导 支持 鼓励 构建 营造 压实 落实 注重 贯彻 学习 领会",
        "履行 严格 确保 扩大 激发 保护 完善 健全 建立 建设 打造 实施 开展 组织 做好 抓好 用好 管好 守好 办好 建好 开好 用足 抓实 抓细 做实 做细 做强 做优 做大",
        "加快 加大 聚焦 围绕 突出 把握 把好 把牢 抓住 抓牢 抓紧 抓 紧盯 盯紧 盯住 树立 树牢 牢记 牢固 筑牢 夯实 守住 守牢 兜牢 兜住 扛起 扛牢 担起 站稳 拧紧",
        "凝聚 形成 汇聚 转变 改进 改善 改革 创新 培育 发展 壮大 释放 盘活 调动 利用 挖掘 拓展 拓宽 延伸 延续 衔接 融入 服务 满足 解决 化解 破解 消除 防止 杜绝",
        "预防 应对 严防 严守 严查 严惩 打击 惩治 整顿 规范 监督 监管 管理 管控 控制 关注 关心 关爱 帮助 帮扶 扶持 救助 减轻 减少 降低 稳定 稳住 稳妥 稳步 保持",
        "保证 保住 巩固拓展 协调 协同 配合 参与 支援 谋划 研判 研究 分析 总结 推广 弘扬 传承 宣传 倡导 讲好 带头 带动 引领 示范 压紧 疏解 缓解 畅通 打通 打赢 打好",
        "持续 继续 深刻 全面 认清 认识 正视 重视 尊重 探索 尝试 争取 力争 力求 努力 争创 创建 创造 实现 达到 靠前 主动 积极 扎实 切实 坚决 坚定 狠抓 紧扣 紧跟 立足 着眼 着力 聚力 合力 全力",
        "共同 充分 合理 科学 精准 精心 依法 依规 按时 按期 限期 及时 尽快 尽早 从严 从快 落细 落小 严肃 认真 深入 大力 有力 有序 有效 进一步 更好 更加 不断 稳妥",
        "履职 尽责 担当 担负 执行 服从 遵守 遵循 顺应 对标 对照 补齐 补足 补强 织密 织牢 兼顾 理顺 理清 厘清 摆正 摒弃 克服 纠正 纠治 反对 抵制 精简 节约 厉行 开创 开拓 拿出",
        "统一 增进 拓展 集聚 集中 整合 融合 扩投资 促消费 稳就业 防风险 保安全 稳增长 惠民生 吸引 引进 招引 承接 对接 深耕 深挖 做到 作出 牵头 负责 主导 分管 包保 下沉 用活 用心 用情 用力",
    ])
});

/// Adverbs that stand before a verb.
pub(crate) static ADVERBS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "每日 每天 每周 每旬 每月 每季度 每半年 每年 定期 切实 认真 积极 全力 继续 进一步 扎实 严肃 抓紧 及时 大力 深入 全面 持续 充分 坚决 坚定 坚定不移 努力 着力 主动 尽快 尽早 稳步 有序 有效 有力 稳妥 不断 更加 更好",
        "严格 科学 精准 精心 依法 依规 按时 按期 限期 从严 从快 自觉 始终 统一 共同 合力 逐步 分类 分级 分批 一律 全部 同步 提前 带头 切实可行 毫不放松 毫不动摇 不折不扣 想方设法 千方百计 高效 高质量 高标准 深刻 广泛 扎扎实实 实事求是 因地制宜 不误农时 及早 尽力 合理 妥善 加紧 加快 直接 立即 立刻 迅速 率先 再 也 还 又 均 都 并 并且 而且 同时 此外 另外 首先 其次 最后 同 先 就 将 不断地 牢牢 紧紧 狠狠",
    ])
});

/// Prepositions that open a phrase before the verb.
pub(crate) static PREPOSITIONS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "以 按照 按 根据 依据 围绕 针对 对于 对照 对 在 从 结合 通过 本着 依托 立足 面对 随着 把 将 向 与 同 会同 于 由 就 为 为了 自 到 截至 借助 凭借 利用 遵循 除 经 用 比照 参照 关于",
    ])
});

/// What ends a phrase that only prepares the verb.
pub(crate) static PREPARING_ENDS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "指导 指引 引领 导向 目标 抓手 重点 契机 主线 核心 统领 根本 前提 基础 基础上 过程中 部署 要求 原则 精神 思路 方针 中 下 方面 矛盾 困难 问题 实际 安排 期间 年 月 日 号 季度 前 后 底 末 内 起 进程 形势 情况 时 关系 短板 责任感 主题 遵循 牵引 支撑 动力 载体 突破口 切入点 切口 主体 对象 方向 单位 企业 群众 人员 事项",
    ])
});

/// Words that mark a clause as a report or a judgement.
pub(crate) static NARRATIVE: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "事关 有利于 有助于 有待 关系到 关乎 处于 具有 取得 得到了 扭转了 做了 作了 发生了 指明了 提供了 呈现 预计 目前 表明 意味着 反映出 彰显 体现了 充分肯定 正处 总体 已经 已有 已达 已完成 达到了 完成了 出席 列席 参加了 参加会议 主持召开 主持会议 在会上 汇报了 总结评价 审议通过 听取了 传达学习了 的重要一环 的重要举措 的关键 意义重大 十分重要 非常重要 至关重要 仍须 尚不 还不 存在的 不执行 据了解 介绍",
    ])
});

/// Verbs by which the body speaks and after which a bare verb phrase is an order.
pub(crate) static ORDERS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "要求 强调 决定 议定 部署 责成 指示 同意 原则同意 商定 明确 提出要求 作出部署 提出 确定 定于 号召 强调指出 强调要求",
    ])
});

/// Verbs by which the body speaks and after which an order needs its own 要.
pub(crate) static SAYINGS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&["指出 认为 表示 说 介绍说 分析说 希望 坦言 介绍 指出了 表示要 说道 谈到 提到 认为要"])
});

/// What a name of an office, a body or a group of addressees ends with.
pub(crate) static OFFICES: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "督查室 研究室 政研室 部门 单位 地区 委员会 党委 党组 政府 企业 机构 组织 集团 公司 局 厅 办 办公室 委 部 院 校 学校 医院 中心 银行 法院 检察院 公安 支队 大队 总队 机关 协会 学会 商会 工会 团委 妇联 残联 联合会 专班 小组 领导小组 指挥部 工作组 机制 联席会议 街道 乡镇 镇 乡 村 社区 居委会 村委会 县 区 市 省 州 旗 县区 区县 市县 县市区 各地 各方 方面 各级 干部 党员 人员 负责人 负责同志 同志 领导 成员 代表 委员 主任 局长 市长 县长 区长 镇长 书记 秘书长 处长 科长 站 所 处 科 队 园区 开发区 管委会 管理委员会 主体 业主 物业 两级 基层 各条战线 各单位 军地 央军地 法人 运营商 供应商 承包商 施工方 监理方 纪委 监委 人大 政协 有关方 责任人 牵头人 河长 林长 工作者 教师 医务人员 学生 与会者 负责 机组 厂 社 馆 库 港 矿 电网 电力 铁路 高校",
    ])
});

/// Subjects that name nobody in particular.
pub(crate) static NOBODY: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "我们 全市 全省 全县 全区 全国 全党 全社会 全镇 全乡 全院 全校 全系统 大家 会议 全会 大会 本次会议 常委会会议 我市 我省 我县 我区 各项工作",
    ])
});

/// Objects that are documents, rules, mechanisms, meetings, drives: a clerk can check that they are there.
pub(crate) static PRODUCTS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "方案 清单 细则 办法 意见 制度 机制 规划 计划 预案 台账 平台 报告 名单 标准 条例 规定 规则 章程 协议 合同 会议 行动 整治 专项整治 整改 整改工作 排查 排查整治 检查 督查 大检查 督导 评估 审计 培训 演练 补助 补贴 专班 通知 通报 公告 目录 指南 图册 数据库 系统 试点 名录 档案 手册 措施 责任书 承诺书 预算 补助资金 专项资金 设施 工程 项目 信息系统 热线 窗口 渠道 网点 站点 申遗 账户 时间表 路线图 任务书 责任状 登记表 审批 申报 优惠 部门预算 政策工具 金融工具 贷款 债券 基金 优惠政策 限价 建议 议案 提案 调研报告 回头看 评查 普查 调查 抽查",
    ])
});

/// States that are reached or not.
pub(crate) static STATES: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "全覆盖 清零 动态清零 见底 归零 通办 上线 落地 全面落地 通车 达标 投产 投用 投入使用 竣工 建成 脱贫 摘帽 零事故 零发生 零增长 全部完成 整改到位 落实到位 发放到位 销号 办结 全部办结 收官 完工 贯通 开通 联网 互联互通 通水 通电 通气 应保尽保 应纳尽纳 应收尽收 应享尽享 不漏一户 不落一人 一个不少 按时足额发放 足额发放",
    ])
});
