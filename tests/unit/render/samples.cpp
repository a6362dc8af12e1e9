#include "samples.h"

#include <cassert>
#include <random>
#include <utility>

namespace gemba::samples {
namespace {

Duration minutes_long(double minutes) {
  return {Duration::Kind::elapsed, static_cast<Micros>(minutes * 60 * micros_per_second), 0};
}

}  // namespace

Builder::Builder(std::string id, std::string title) {
  process.title = title.empty() ? id : std::move(title);
  process.id = std::move(id);
}

void Builder::role(std::string id, std::string name) {
  Role role;
  role.name = name.empty() ? id : std::move(name);
  role.id = std::move(id);
  process.definitions.roles.push_back(std::move(role));
}

Step& Builder::step(std::string id, std::string name, StepKind kind, const std::string& role,
                    double minutes) {
  Step step;
  step.id = std::move(id);
  step.name = name.empty() ? step.id : std::move(name);
  step.kind = kind;
  for (std::size_t i = 0; i < process.definitions.roles.size(); ++i) {
    if (process.definitions.roles[i].id == role) step.role = RoleId(i);
  }
  if (minutes > 0) {
    step.time.emplace();
    step.time->fixed = minutes_long(minutes);
  }
  process.steps.push_back(std::move(step));
  return process.steps.back();
}

void Builder::flow(std::string from, std::string to, std::string label, double share) {
  flows_.push_back({std::move(from), std::move(to), std::move(label), share});
}

Process Builder::done() {
  const auto index_of = [&](const std::string& id) {
    for (std::size_t i = 0; i < process.steps.size(); ++i) {
      if (process.steps[i].id == id) return i;
    }
    assert(false && "a flow names an unknown step");
    return std::size_t{0};
  };
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    for (const Named& named : flows_) {
      if (index_of(named.from) != i) continue;
      Flow flow;
      flow.from = StepId(i);
      flow.to = StepId(index_of(named.to));
      flow.label = named.label;
      if (named.share >= 0) flow.share = named.share;
      process.flows.push_back(std::move(flow));
    }
  }
  return std::move(process);
}

Process tiny() {
  Builder b("greeting", "问候顾客");
  b.role("agent", "客服");
  b.step("begin", "开始", StepKind::start, "agent");
  b.step("greet", "问候并确认需求", StepKind::task, "agent", 0.5);
  b.step("done", "结束", StepKind::end, "agent");
  b.flow("begin", "greet");
  b.flow("greet", "done");
  return b.done();
}

Process small_refund() {
  Builder b("small-refund", "小额退款");
  b.process.version = "2.1";
  b.process.effective = Date{2026, 1, 1};
  b.process.review_by = Date{2026, 12, 31};
  b.role("customer", "顾客");
  b.role("agent", "一线客服");
  b.role("lead", "客服组长");
  b.role("finance", "财务");
  b.process.owner = RoleId(2);
  Data amount;
  amount.id = "refund_amount";
  amount.name = "退款金额";
  b.process.definitions.data.push_back(amount);
  b.step("intake", "接入咨询", StepKind::start, "customer");
  Step& identify = b.step("identify", "核对订单与退款原因", StepKind::task, "agent", 2);
  identify.sla = SpannedDuration{minutes_long(0.5), {}};
  b.step("small", "金额在授权内?", StepKind::decision, "agent");
  Step& approve = b.step("approve", "组长审批退款", StepKind::approval, "lead", 3);
  approve.wait = SpannedDuration{minutes_long(240), {}};
  b.step("ask", "补充凭证", StepKind::task, "customer", 30);
  b.step("refuse", "说明拒绝理由并安抚", StepKind::task, "agent", 5);
  b.step("pay", "原路退款", StepKind::task, "finance", 1);
  Step& arrive = b.step("arrive", "等待银行到账", StepKind::wait, "finance");
  arrive.wait = SpannedDuration{minutes_long(1440), {}};
  b.step("tell", "短信通知顾客", StepKind::notify, "agent");
  b.step("close", "工单关闭", StepKind::end, "agent");
  b.flow("intake", "identify");
  b.flow("identify", "small");
  b.flow("small", "pay", {}, 0.82);
  b.flow("small", "approve", {}, 0.18);
  b.flow("approve", "pay", "通过", 0.9);
  b.flow("approve", "refuse", "驳回", 0.03);
  b.flow("approve", "ask", "凭证不足", 0.07);
  b.flow("ask", "approve");
  b.flow("refuse", "close");
  b.flow("pay", "arrive");
  b.flow("arrive", "tell");
  b.flow("tell", "close");
  Process process = b.done();
  const auto condition = [](std::string text) {
    auto parsed = parse_expression(text);
    return Condition{text, std::get<Expr>(std::move(parsed)), {}};
  };
  process.flows[2].when = condition("refund_amount <= 50");
  process.flows[3].when = condition("refund_amount > 50");
  return process;
}

Process purchasing() {
  Builder b("purchasing", "采购申请到付款 Purchase to pay");
  b.process.version = "3.0";
  b.role("applicant", "Applicant 申请人");
  b.role("buyer", "Procurement 采购部");
  b.role("manager", "Line manager");
  b.role("finance", "Finance 财务部");
  b.role("legal", "Legal & Risk 法务");
  b.role("supplier", "Supplier 供应商");
  const auto task = StepKind::task;
  const auto asks = StepKind::decision;
  b.step("begin", "开始", StepKind::start, "applicant");
  b.step("submit", "Submit purchase request", task, "applicant", 24);
  b.step("check", "核对申请完整性 Check completeness", task, "buyer", 96);
  b.step("complete", "Complete?", asks, "buyer");
  b.step("supply", "补充资料 Provide missing information", task, "applicant", 3024);
  b.step("classify", "Classify spend", task, "buyer", 20);
  b.step("assess", "Assess need 评估需求", task, "manager", 660);
  b.step("needed", "Approve?", asks, "manager");
  b.step("rejected", "Receive rejection notice", task, "applicant", 5);
  b.step("budget", "Check budget", task, "finance", 120);
  b.step("affordable", "Budget available?", asks, "finance");
  b.step("preferred", "Preferred supplier?", asks, "buyer");
  b.step("tender", "Run tender 招标", task, "buyer", 18000);
  b.step("screen", "Screen sanctions list", task, "legal", 180);
  b.step("hit", "Hit?", asks, "legal");
  b.step("escalate", "Escalate to compliance", task, "legal", 2160);
  b.step("review", "Review contract 审查合同", task, "legal", 9216);
  b.step("value", "Value > ¥10,000?", asks, "buyer");
  b.step("second", "Second approval 二级审批", StepKind::approval, "manager", 5760);
  b.step("agreed", "Approve?", asks, "manager");
  b.step("release", "Release funds", task, "finance", 30);
  b.step("order", "Create purchase order", task, "buyer", 60);
  b.step("send", "Send purchase order", StepKind::notify, "buyer", 15);
  b.step("confirm", "Confirm order", task, "supplier", 480);
  b.step("deliver", "Deliver goods 发货", task, "supplier", 7200);
  b.step("invoice", "Send invoice", task, "supplier", 1440);
  b.step("receive", "Confirm goods received", task, "applicant", 540);
  b.step("rate", "Rate supplier", task, "applicant", 10);
  b.step("record", "Record goods receipt", task, "buyer", 40);
  b.step("match", "Three-way match 三单匹配", task, "finance", 1584);
  b.step("matches", "Match?", asks, "finance");
  b.step("resolve", "Resolve mismatch 处理差异", task, "buyer", 4608);
  b.step("pay", "Pay invoice 付款", task, "finance", 1080);
  b.step("archive", "Archive case", task, "finance", 2);
  b.step("closed", "申请结束", StepKind::end, "applicant");
  b.step("paid", "已付款", StepKind::end, "finance");
  b.flow("begin", "submit");
  b.flow("submit", "check");
  b.flow("check", "complete");
  b.flow("complete", "supply", "no", 0.22);
  b.flow("complete", "classify", "yes", 0.78);
  b.flow("supply", "check");
  b.flow("classify", "assess");
  b.flow("assess", "needed");
  b.flow("needed", "rejected", "no", 0.04);
  b.flow("needed", "budget", "yes", 0.96);
  b.flow("rejected", "closed");
  b.flow("budget", "affordable");
  b.flow("affordable", "rejected", "no", 0.09);
  b.flow("affordable", "preferred", "yes", 0.91);
  b.flow("preferred", "tender", "no", 0.3);
  b.flow("preferred", "screen", "yes", 0.7);
  b.flow("tender", "screen");
  b.flow("screen", "hit");
  b.flow("hit", "escalate", "yes", 0.01);
  b.flow("hit", "review", "no", 0.99);
  b.flow("escalate", "review");
  b.flow("review", "value");
  b.flow("value", "second", "yes", 0.15);
  b.flow("value", "order", "no", 0.85);
  b.flow("second", "agreed");
  b.flow("agreed", "rejected", "no", 0.1);
  b.flow("agreed", "release", "yes", 0.9);
  b.flow("release", "order");
  b.flow("order", "send");
  b.flow("send", "confirm");
  b.flow("confirm", "deliver");
  b.flow("confirm", "invoice");
  b.flow("deliver", "receive");
  b.flow("receive", "record");
  b.flow("receive", "rate");
  b.flow("rate", "closed");
  b.flow("invoice", "match");
  b.flow("record", "match");
  b.flow("match", "matches");
  b.flow("matches", "resolve", "no", 0.12);
  b.flow("matches", "pay", "yes", 0.88);
  b.flow("resolve", "match");
  b.flow("pay", "archive");
  b.flow("archive", "paid");
  return b.done();
}

Process rarities() {
  Builder b("rarities", "少见的形状");
  b.role("agent", "客服");
  b.role("stock", "仓库");
  b.step("phone", "电话进线", StepKind::start, "agent");
  b.step("mail", "邮件进线", StepKind::start, "agent");
  b.step("register", "登记工单", StepKind::task, "agent", 2);
  b.step("split", "并行", StepKind::fork);
  b.step("search", "查找库存", StepKind::task, "stock", 10);
  b.step("calm", "安抚顾客", StepKind::task, "agent", 5);
  b.step("report", "上报质量部", StepKind::task, "", 8);
  b.step("merge", "汇合", StepKind::join);
  b.step("retry", "联系顾客", StepKind::task, "agent", 3);
  b.step("kind", "如何处理?", StepKind::decision, "agent");
  b.step("exchange", "执行换货流程", StepKind::call, "stock");
  b.step("notice", "发送通知", StepKind::notify, "agent");
  b.step("cool", "等待签收", StepKind::wait, "stock");
  b.step("done", "结束", StepKind::end);
  b.step("orphan", "旧的人工抄录", StepKind::task, "agent", 15);
  b.step("orphan_too", "归档抄录件", StepKind::task, "stock");
  b.step("alone", "孤立草稿", StepKind::task, "");
  b.flow("phone", "register");
  b.flow("mail", "register");
  b.flow("register", "split");
  b.flow("split", "search");
  b.flow("split", "calm");
  b.flow("split", "report");
  b.flow("search", "merge");
  b.flow("calm", "merge");
  b.flow("report", "merge");
  b.flow("merge", "retry");
  b.flow("retry", "retry", "无人接听", 0.2);
  b.flow("retry", "kind", {}, 0.8);
  b.flow("kind", "exchange", "换货", 0.6);
  b.flow("kind", "notice", "补偿", 0.25);
  b.flow("kind", "notice", "只道歉", 0.15);
  b.flow("exchange", "cool");
  b.flow("cool", "notice");
  b.flow("cool", "exchange", "退回", 0.05);
  b.flow("notice", "done");
  b.flow("orphan", "orphan_too");
  return b.done();
}

Process classification() {
  Builder b("classification", "问题分类与分派");
  b.role("agent", "一线客服");
  b.role("after", "售后组");
  b.role("tech", "技术支持");
  b.step("in", "顾客来电", StepKind::start, "agent");
  b.step("sort", "问题属于哪一类?", StepKind::decision, "agent");
  b.step("simple", "直接答复", StepKind::task, "agent", 3);
  b.step("logistics", "查询物流", StepKind::task, "agent", 5);
  b.step("return", "受理退换货", StepKind::task, "after", 12);
  b.step("complaint", "受理投诉", StepKind::task, "after", 20);
  b.step("technical", "技术排查", StepKind::task, "tech", 30);
  b.step("other", "登记并转交主管", StepKind::task, "agent", 4);
  b.step("record", "记录工单", StepKind::task, "agent", 2);
  b.step("end", "结束", StepKind::end, "agent");
  b.flow("in", "sort");
  b.flow("sort", "simple", "简单咨询", 0.45);
  b.flow("sort", "logistics", "物流", 0.2);
  b.flow("sort", "return", "退换货", 0.15);
  b.flow("sort", "complaint", "投诉", 0.08);
  b.flow("sort", "technical", "技术问题", 0.07);
  b.flow("sort", "other", "其他", 0.05);
  for (const char* id : {"simple", "logistics", "return", "complaint", "technical", "other"}) {
    b.flow(id, "record");
  }
  b.flow("record", "end");
  return b.done();
}

Process random_process(std::uint32_t seed, std::size_t steps) {
  std::mt19937 random(seed);
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
  Builder b("random-" + std::to_string(seed), "随机流程 " + std::to_string(seed));
  const std::size_t roles = 1 + below(6);
  for (std::size_t i = 0; i < roles; ++i) {
    b.role("role" + std::to_string(i), "角色 " + std::to_string(i + 1));
  }
  static const char* const words[] = {"核对",   "订单", "退款",     "通知",    "登记",
                                      "Review", "顾客", "物流信息", "approve", "交接"};
  std::size_t role = 0;
  for (std::size_t i = 0; i < steps; ++i) {
    StepKind kind = StepKind::task;
    const std::size_t draw = below(10);
    if (draw < 3) kind = StepKind::decision;
    if (draw == 3) kind = StepKind::approval;
    if (draw == 4) kind = StepKind::wait;
    if (i == 0) kind = StepKind::start;
    if (i + 1 == steps) kind = StepKind::end;
    if (below(3) == 0) role = below(roles);
    std::string name;
    for (std::size_t k = 1 + below(4); k > 0; --k) name += words[below(std::size(words))];
    const bool homeless = below(25) == 0;
    b.step("s" + std::to_string(i), name, kind,
           homeless ? std::string() : "role" + std::to_string(role),
           static_cast<double>(below(90)));
  }
  for (std::size_t i = 0; i + 1 < steps; ++i) {
    const std::string from = "s" + std::to_string(i);
    const StepKind kind = b.process.steps[i].kind;
    b.flow(from, "s" + std::to_string(i + 1), kind == StepKind::decision ? "是" : "",
           kind == StepKind::decision ? 0.7 : -1);
    const std::size_t more = kind == StepKind::decision ? 1 + below(3) : below(12) == 0 ? 1 : 0;
    for (std::size_t k = 0; k < more; ++k) {
      const bool back = below(4) == 0;
      const std::size_t reach = 1 + below(8);
      const std::size_t to = back ? (i > reach ? i - reach : 1) : std::min(steps - 1, i + reach);
      b.flow(from, "s" + std::to_string(std::max<std::size_t>(1, to)),
             kind == StepKind::decision ? "否,需要处理" : "",
             kind == StepKind::decision ? 0.1 : -1);
    }
  }
  return b.done();
}

}  // namespace gemba::samples
