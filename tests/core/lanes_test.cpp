// One future has the same bits alone, in any lane and in any width.
#include "number/lanes.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstring>
#include <initializer_list>
#include <vector>

#include "check_each.hpp"
#include "growth/fields.hpp"
#include "growth/quantities.hpp"
#include "model/run.hpp"
#include "number/half_exponent.hpp"
#include "support.hpp"

using namespace growth;

namespace {

bool same_bits(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

template <int Width>
void check_elementary() {
  using num::Lanes;
  test::Random random(7);
  for (int round = 0; round < 2000; ++round) {
    Lanes<Width> x(1.0);
    Lanes<Width> y(1.0);
    for (int i = 0; i < Width; ++i) {
      x.set_lane(i, num::exp(random.between(-40, 40)));
      y.set_lane(i, random.between(-30, 30));
    }
    const Lanes<Width> found[] = {num::exp(y),
                                  num::exp_moderate(y),
                                  num::expm1(y),
                                  num::log(x),
                                  num::log_normal_number(x),
                                  num::log1p(x),
                                  num::pow(x, y),
                                  num::min(x, y),
                                  num::max(x, y),
                                  num::clamp(y, -1, 1),
                                  num::select(x < y, x, y),
                                  num::sqrt(x)};
    for (int i = 0; i < Width; ++i) {
      const double a = x.lane(i);
      const double b = y.lane(i);
      const double alone[] = {num::exp(b),
                              num::exp_moderate(b),
                              num::expm1(b),
                              num::log(a),
                              num::log_normal_number(a),
                              num::log1p(a),
                              num::pow(a, b),
                              num::min(a, b),
                              num::max(a, b),
                              num::clamp(b, -1, 1),
                              num::select(a < b, a, b),
                              num::sqrt(a)};
      for (std::size_t f = 0; f < std::size(alone); ++f) {
        CAPTURE(f);
        CAPTURE(a);
        CAPTURE(b);
        CHECK_EACH(same_bits(found[f].lane(i), alone[f]));
      }
    }
  }
}

/// Futures of random scenarios: the same scenario with one input changed from lane to lane.
template <int Width>
void check_model() {
  using Number = num::Lanes<Width>;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    const Scenario<double> scenario = test::random_scenario(seed);
    static const Incentives none;
    const Incentives& incentives = scenario.incentives.own ? *scenario.incentives.own : none;
    const model::CompiledIncentives compiled = model::compile(incentives, scenario.business.tags);
    Scenario<Number> pack = convert<Number>(scenario);
    for (int i = 0; i < Width; ++i) {
      pack.private_domain.users.set_lane(i, scenario.private_domain.users * (1 + 0.1 * i));
      pack.repurchase.retention.set_lane(i, scenario.repurchase.retention * (1 - 0.02 * i));
    }
    std::vector<Month<Number>> months;
    const Summary<Number> together = model::run(
        pack, compiled, [&](int, const Month<Number>& month, const auto&) { months.push_back(month); });
    for (int i = 0; i < Width; ++i) {
      Scenario<double> alone = scenario;
      alone.private_domain.users = pack.private_domain.users.lane(i);
      alone.repurchase.retention = pack.repurchase.retention.lane(i);
      const Summary<double> summary =
          model::run(alone, compiled, [&](int t, const Month<double>& month, const auto&) {
            const Month<Number>& lane = months[static_cast<std::size_t>(t)];
            CHECK(same_bits(lane.viewers.lane(i), month.viewers));
            CHECK(same_bits(lane.profit.lane(i), month.profit));
            CHECK(same_bits(lane.cumulative_cash.lane(i), month.cumulative_cash));
            CHECK(same_bits(lane.incentive_cash.lane(i), month.incentive_cash));
          });
      CHECK(same_bits(together.gmv.lane(i), summary.gmv));
      CHECK(same_bits(together.npv.lane(i), summary.npv));
      CHECK(same_bits(together.payback_month.lane(i), summary.payback_month));
    }
  }
}

/// A future on its way to the totals: alone, in any lane and in any width the same, whether its waves
/// and sessions are whole or not, its reproduction goes by a root or not, and whatever its neighbours'
/// do; and what the plan says.
template <int Width>
void check_totals() {
  using Number = num::Lanes<Width>;
  using One = num::Lanes<1>;
  const model::CompiledIncentives none = model::compile({}, {});
  const auto run_totals = []<class Real>(const Scenario<Real>& scenario,
                                         const model::CompiledIncentives& incentives) {
    return model::run<model::Detail::totals, model::Extras::any>(
        scenario, incentives, [](int) { return Real(1); },
        [](int, const Month<Real>&, const model::Simulation<Real>&) {});
  };
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    Scenario<double> scenario = test::random_scenario(seed);
    scenario.incentives.own.reset();
    scenario.live.wave_minutes = 5;
    const bool all_whole = seed % 4 == 0;
    const bool all_roots = seed % 3 == 0;
    Scenario<Number> pack = convert<Number>(scenario);
    for (int i = 0; i < Width; ++i) {
      pack.private_domain.users.set_lane(i, scenario.private_domain.users * (1 + 0.1 * i));
      pack.live.hours_per_session.set_lane(i, all_whole || i % 2 == 1 ? 4 : 3.97);
      pack.live.sessions_per_month.set_lane(i, all_whole ? 26 : 0.5 + 1.5 * i);
      pack.quality.reproduction_elasticity.set_lane(i, all_roots || i % 3 == 1 ? 0.5 : 0.3 + 0.1 * i);
    }
    const Summary<Number> together = run_totals(pack, none);
    for (int i = 0; i < Width; ++i) {
      CAPTURE(i);
      scenario.private_domain.users = pack.private_domain.users.lane(i);
      scenario.live.hours_per_session = pack.live.hours_per_session.lane(i);
      scenario.live.sessions_per_month = pack.live.sessions_per_month.lane(i);
      scenario.quality.reproduction_elasticity = pack.quality.reproduction_elasticity.lane(i);
      const Summary<One> alone = run_totals(convert<One>(scenario), none);
      CHECK(same_bits(together.gmv.lane(i), alone.gmv.lane(0)));
      CHECK(same_bits(together.profit.lane(i), alone.profit.lane(0)));
      CHECK(same_bits(together.viewers.lane(i), alone.viewers.lane(0)));
      const Summary<double> plan = model::run(scenario, none);
      CHECK(together.gmv.lane(i) == doctest::Approx(plan.gmv).epsilon(1e-11));
      CHECK(together.viewers.lane(i) == doctest::Approx(plan.viewers).epsilon(1e-11));
      CHECK(together.orders.lane(i) == doctest::Approx(plan.orders).epsilon(1e-11));
    }
  }
}

/// Without what Extras::none stands for.
Scenario<double> without_extras(Scenario<double> scenario) {
  scenario.incentives.own.reset();
  scenario.vouchers.opening_balance = 0;
  scenario.distribution.share = 0;
  scenario.repurchase.partner_share = 0;
  scenario.repurchase.curve_private.reset();
  scenario.repurchase.curve_public.reset();
  scenario.private_domain.monthly_recruits = 0;
  return scenario;
}

template <class Number>
struct Ran {
  std::vector<Month<Number>> months;
  Summary<Number> summary;
};

template <model::Extras extras, class Number>
Ran<Number> run_with(const Scenario<Number>& scenario, const model::CompiledIncentives& incentives) {
  Ran<Number> ran;
  ran.summary = model::run<model::Detail::totals, extras>(
      scenario, incentives, [](int t) { return Number(1 + 0.01 * t); },
      [&](int, const Month<Number>& month, const auto&) { ran.months.push_back(month); });
  return ran;
}

template <class Number>
void check_without_extras() {
  const model::CompiledIncentives none = model::compile({}, {});
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    const Scenario<Number> scenario = convert<Number>(without_extras(test::random_scenario(seed)));
    REQUIRE(model::extras_of(scenario, none) == model::Extras::none);
    const auto general = run_with<model::Extras::any>(scenario, none);
    const auto special = run_with<model::Extras::none>(scenario, none);
    const auto same = [](const Number& a, const Number& b) {
      return std::memcmp(&a, &b, sizeof a) == 0;
    };
    for (std::size_t t = 0; t < general.months.size(); ++t) {
      const Month<Number>& a = general.months[t];
      const Month<Number>& b = special.months[t];
      for (const auto member :
           {&Month<Number>::private_users, &Month<Number>::account_weight, &Month<Number>::purity,
            &Month<Number>::viewers, &Month<Number>::new_customers, &Month<Number>::orders,
            &Month<Number>::gmv, &Month<Number>::revenue, &Month<Number>::outlays,
            &Month<Number>::cumulative_profit, &Month<Number>::cumulative_cash}) {
        CHECK(same(a.*member, b.*member));
      }
    }
    visit_summary([&](const Quantity& quantity, auto member) {
      CAPTURE(quantity.id);
      const auto a = member(general.summary);
      const auto b = member(special.summary);
      CHECK(std::memcmp(&a, &b, sizeof a) == 0);
    });
  }
}

}  // namespace

TEST_CASE("elementary functions of a pack are those of its lanes") {
  check_elementary<1>();
  check_elementary<2>();
  check_elementary<4>();
}

TEST_CASE("a future has the same bits in every lane and width") {
  check_model<1>();
  check_model<2>();
  check_model<4>();
}

TEST_CASE("totals of a future are the same in every lane and width, and those of its plan") {
  check_totals<1>();
  check_totals<2>();
  check_totals<4>();
  check_totals<8>();
}

TEST_CASE("counts are taken for whole where they are, lane by lane") {
  using Pack = num::Lanes<4>;
  const auto taken = [](std::initializer_list<double> counts, double most) {
    Pack count(0);
    int lane = 0;
    for (const double x : counts) count.set_lane(lane++, x);
    const Pack found =
        num::WholeCount<Pack>(count, Pack(most))
            .apply(
                Pack(0.5), [](auto x, int times) { return x * times; }, [] { return Pack(-1); });
    return std::array<double, 4>{found.lane(0), found.lane(1), found.lane(2), found.lane(3)};
  };
  using Four = std::array<double, 4>;
  CHECK(taken({6, 6, 6, 6}, 100) == Four{3, 3, 3, 3});
  CHECK(taken({2, 3, 2.5, 100}, 100) == Four{1, 1.5, -1, 50});
  CHECK(taken({0, 1, 101, -2}, 100) == Four{-1, -1, -1, -1});
  CHECK(taken({1e300, 1.5e6, HUGE_VAL, NAN}, HUGE_VAL) == Four{-1, -1, -1, -1});
}

TEST_CASE("exponents are taken for one half where they are, lane by lane") {
  using Pack = num::Lanes<4>;
  const auto taken = [](std::initializer_list<double> exponents) {
    Pack exponent(0);
    int lane = 0;
    for (const double x : exponents) exponent.set_lane(lane++, x);
    const Pack found = num::HalfExponent<Pack>(exponent).apply([] { return num::sqrt(Pack(9)); },
                                                               [] { return Pack(-1); });
    return std::array<double, 4>{found.lane(0), found.lane(1), found.lane(2), found.lane(3)};
  };
  using Four = std::array<double, 4>;
  CHECK(taken({0.5, 0.5, 0.5, 0.5}) == Four{3, 3, 3, 3});
  CHECK(taken({0.5, 0.4, 1, 0.5}) == Four{3, -1, -1, 3});
  CHECK(taken({0, 1, -0.5, NAN}) == Four{-1, -1, -1, -1});
}

TEST_CASE("a step that leaves out what a scenario is without has the bits of the general one") {
  check_without_extras<double>();
  check_without_extras<num::Lanes<4>>();
}

TEST_CASE("each extra asks for the general step") {
  const Scenario<double> bare = without_extras(test::random_scenario(1));
  const model::CompiledIncentives none = model::compile({}, {});
  const auto asks = [&](const auto& change) {
    Scenario<double> scenario = bare;
    change(scenario);
    return model::extras_of(scenario, none) == model::Extras::any;
  };
  CHECK(asks([](auto& s) { s.vouchers.opening_balance = 1; }));
  CHECK(asks([](auto& s) { s.distribution.share = 0.1; }));
  CHECK(asks([](auto& s) { s.repurchase.partner_share = 0.1; }));
  CHECK(asks([](auto& s) { s.repurchase.curve_private = growth::Curve{{0.1}}; }));
  CHECK(asks([](auto& s) { s.repurchase.curve_public = growth::Curve{{0.1}}; }));
  CHECK(asks([](auto& s) { s.private_domain.monthly_recruits = 1; }));
  Incentives own;
  own.stages.push_back({});
  CHECK(model::extras_of(bare, model::compile(own, {})) == model::Extras::any);
}
