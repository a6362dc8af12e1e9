#pragma once
#include <span>
#include <string_view>

namespace gemba::inline eventlog {

/// One part of an event, the option that names its column, and the normalised names it is known by.
struct ColumnPart {
  std::string_view what;
  std::string_view flag;
  std::string_view standard;
  std::span<const std::string_view> common;
  std::span<const std::string_view> hints = {};  ///< taken only where there is none of the others
};

inline constexpr std::string_view case_names[] = {"caseid",
                                                  "case",
                                                  "casenumber",
                                                  "caseno",
                                                  "ticketid",
                                                  "ticket",
                                                  "ticketnumber",
                                                  "ticketno",
                                                  "traceid",
                                                  "processinstanceid",
                                                  "processinstance",
                                                  "workorderid",
                                                  "工单号",
                                                  "工单编号",
                                                  "工单id",
                                                  "工单",
                                                  "案件号",
                                                  "案件编号",
                                                  "案例编号",
                                                  "案例号",
                                                  "案例id",
                                                  "案例",
                                                  "流程实例",
                                                  "流程实例id",
                                                  "流程编号",
                                                  "实例编号",
                                                  "单号",
                                                  "工單號",
                                                  "工單編號",
                                                  "單號",
                                                  "案件編號"};
inline constexpr std::string_view activity_names[] = {
    "activity", "activityname", "activityid", "event", "eventname", "task", "taskname", "step",
    "stepname", "action",       "operation",  "环节",  "环节名称",  "节点", "节点名称", "活动",
    "活动名称", "步骤",         "步骤名称",   "任务",  "任务名称",  "操作", "操作名称", "事件",
    "環節",     "節點",         "活動",       "步驟",  "任務"};
inline constexpr std::string_view timestamp_names[] = {
    "timestamp",    "completetimestamp", "completetime", "completiontime", "completed",
    "endtimestamp", "endtime",           "end",          "eventtime",      "time",
    "datetime",     "finishtime",        "时间",         "时间戳",         "结束时间",
    "完成时间",     "操作时间",          "发生时间",     "時間",           "結束時間",
    "完成時間",     "操作時間",          "發生時間"};
inline constexpr std::string_view start_names[] = {
    "starttimestamp", "starttime", "start",      "begintime", "begin",    "started",
    "timestampstart", "开始时间",  "开始时间戳", "起始时间",  "開始時間", "起始時間"};
inline constexpr std::string_view resource_names[] = {
    "resource", "user",    "username", "agent",  "performer", "employee", "operator",
    "assignee", "handler", "处理人",   "操作人", "经办人",    "执行人",   "办理人",
    "处理人员", "操作员",  "资源",     "员工",   "坐席",      "客服",     "處理人",
    "經辦人",   "執行人",  "操作員",   "資源",   "員工"};
inline constexpr std::string_view lifecycle_names[] = {"lifecycle", "lifecycletransition",
                                                       "transition", "生命周期", "生命週期"};
inline constexpr std::string_view instance_names[] = {"activityinstance", "activityinstanceid",
                                                      "conceptinstance"};

// Names that are looked for only where no column has one of the above: they may stand for something
// else.
inline constexpr std::string_view case_hints[] = {
    "incident", "incidentid",  "incidentnumber", "issuekey", "issueid",  "requestid", "orderid",
    "orderno",  "ordernumber", "订单号",         "订单编号", "售后单号", "售后编号",  "退款编号",
    "会话id",   "会话编号",    "業務單號",       "业务单号", "服务单号", "訂單編號",  "流水号"};
inline constexpr std::string_view activity_hints[] = {
    "eventtype", "操作类型", "流程节点", "处理环节", "处理节点", "审批节点", "處理環節"};
inline constexpr std::string_view timestamp_hints[] = {
    "处理时间",     "创建时间",     "更新时间",     "提交时间",     "记录时间",       "修改时间",
    "变更时间",     "日期",         "日期时间",     "發起時間",     "建立時間",       "更新時間",
    "日期時間",     "交易时间",     "办结时间",     "date",         "created",        "createdat",
    "createdon",    "creationdate", "creationtime", "updated",      "updatedat",      "updatedon",
    "lastmodified", "modified",     "changedate",   "changedat",    "datestamp",      "enddate",
    "sysupdatedon", "sysupdatedat", "syscreatedon", "timestampend", "eventtimestamp", "logtime",
    "recordtime",   "loggedat"};
inline constexpr std::string_view start_hints[] = {"startdate"};
inline constexpr std::string_view resource_hints[] = {
    "owner",    "assignedto", "agentname", "受理人", "责任人",
    "客服人员", "处理客服",   "客服姓名",  "负责人", "負責人"};

inline constexpr ColumnPart case_part{"case", "--case", "case:concept:name", case_names,
                                      case_hints};
inline constexpr ColumnPart activity_part{"activity", "--activity", "concept:name", activity_names,
                                          activity_hints};
inline constexpr ColumnPart timestamp_part{"timestamp", "--timestamp", "time:timestamp",
                                           timestamp_names, timestamp_hints};
inline constexpr ColumnPart start_part{"start time", "--start", "starttimestamp", start_names,
                                       start_hints};
inline constexpr ColumnPart resource_part{"resource", "--resource", "org:resource", resource_names,
                                          resource_hints};
inline constexpr ColumnPart lifecycle_part{"lifecycle transition", "--lifecycle-column",
                                           "lifecycle:transition", lifecycle_names};
inline constexpr ColumnPart instance_part{"activity instance", "", "concept:instance",
                                          instance_names};

}  // namespace gemba::inline eventlog
