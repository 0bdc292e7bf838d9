# Headings of an export. The import knows them again: what is changed here is changed in `sources::workbook::column`.
export-number = Luoshi number
export-state = State
export-state-code = State code
export-kind = Kind
export-directive = What is to be done
export-source = Source
export-criterion = Acceptance criterion
export-lead = Lead unit
export-supervising = Supervising unit
export-due = Deadline
export-original-due = Original deadline
export-days-late = Days late
export-outcome = Outcome
export-method = How it was verified
export-cleared-on = Cleared on

export-all = Download this list:
export-xlsx = Excel workbook (.xlsx)
export-csv = delimited text (.csv)

# Headings of a task sheet, known to the import likewise.
export-no = No.
export-task = Task
export-supporting = Supporting units
export-person = Responsible person
export-complete-by = Complete by
export-remarks = Remarks
