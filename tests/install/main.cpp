// The calculator as a C++ library: no JSON needed.
#include <growth/plan.hpp>
#include <growth/validate.hpp>
#include <iostream>

int main() {
  growth::Scenario<double> scenario;
  scenario.private_domain.users = 8000;
  if (!growth::validate(scenario).empty()) return 1;
  const growth::Plan plan = growth::plan(scenario, nullptr);
  std::cout << plan.summary.gmv << ' ' << plan.summary.profit << '\n';
  return plan.summary.gmv > 0 ? 0 : 1;
}
