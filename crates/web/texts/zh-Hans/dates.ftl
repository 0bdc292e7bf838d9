date-long = { $year }年{ $month }月{ $day }日
date-moment = { $date } { $clock }
date-due-in = 还有 { $days } 个工作日
date-due-today = 今天到期
date-due-in-days = 还有 { $days } 天
date-due-late = 逾期 { $days } 天
