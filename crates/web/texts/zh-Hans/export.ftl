# 导出的表头。导入时据此识别，改这里就要改 `sources::workbook::column`。
export-number = 落实编号
export-state = 状态
export-state-code = 状态代码
export-kind = 事项类别
export-directive = 工作事项
export-source = 来源
export-criterion = 验收标准
export-lead = 牵头单位
export-supervising = 督查单位
export-due = 办理时限
export-original-due = 原定时限
export-days-late = 逾期天数
export-outcome = 办理结果
export-method = 核验方式
export-cleared-on = 销号日期

export-all = 下载此列表：
export-xlsx = Excel 工作簿（.xlsx）
export-csv = 分隔文本（.csv）

# 任务清单的表头，导入时同样据此识别。
export-no = 序号
export-task = 工作任务
export-supporting = 配合单位
export-person = 责任人
export-complete-by = 完成时限
export-remarks = 备注
