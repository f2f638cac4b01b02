// The reproduction number and its elasticity from sessions.
#include "calibrate/room_leverage.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "sampling/normal.hpp"
#include "support.hpp"

using namespace growth;
using namespace growth::calibrate;

namespace {

/// Written again from the method, without the model's templates.
double expected_public(double benchmark, double elasticity, const RoomSession& session,
                       const Live<double>& live, const Quality<double>& quality) {
  const double g =
      std::min(benchmark * std::exp(elasticity * session.log_quality), quality.reproduction_ceiling);
  double sum = 0;
  if (session.waves <= 1) {
    sum = session.waves;
  } else {
    sum = g == 1 ? session.waves : (std::pow(g, session.waves) - 1) / (g - 1);
  }
  const double waves = session.first_push * sum;
  return 1 / (1 / waves + 1 / live.public_ceiling);
}

std::vector<RoomSession> sessions(std::uint64_t seed, int count, double benchmark, double elasticity,
                                  double scatter, double spread_of_quality) {
  test::Random random(seed);
  std::vector<RoomSession> list;
  for (int i = 0; i < count; ++i) {
    RoomSession session;
    session.log_quality = random.between(-1, 0.6) * spread_of_quality;
    session.first_push = random.between(150, 900);
    session.waves = random.between(20, 50);
    const double luck = std::exp(scatter * sampling::normal_quantile(random.between(1e-9, 1)) -
                                 0.5 * scatter * scatter);
    session.public_viewers = luck * expected_public(benchmark, elasticity, session, {}, {});
    list.push_back(session);
  }
  return list;
}

}  // namespace

TEST_SUITE_BEGIN("room leverage");

TEST_CASE("sessions without luck give both numbers to every digit") {
  for (const double benchmark : {0.3, 0.75, 0.93}) {
    for (const double elasticity : {0.0, 0.5, 1.4}) {
      CAPTURE(benchmark);
      CAPTURE(elasticity);
      const auto fit = fit_room_leverage(sessions(1, 30, benchmark, elasticity, 0, 1), {}, {});
      REQUIRE(fit);
      CHECK(std::exp(fit->log_benchmark) == doctest::Approx(benchmark).epsilon(1e-6));
      CHECK(std::abs(fit->elasticity - elasticity) < 1e-5);
      CHECK(fit->scatter < 1e-5);
    }
  }
}

TEST_CASE("alone, the benchmark number is found at the elasticity given") {
  Quality<double> quality;
  quality.reproduction_elasticity = 0.8;
  const auto fit = fit_benchmark_reproduction(sessions(2, 12, 0.7, 0.8, 0, 0), {}, quality);
  REQUIRE(fit);
  CHECK(std::exp(fit->log_benchmark) == doctest::Approx(0.7).epsilon(1e-8));
  CHECK(fit->elasticity == 0.8);
  CHECK(fit->elasticity_error == 0);
}

TEST_CASE("what sessions cannot tell is not told") {
  // Quality alike in all; a single wave each; nothing at all.
  CHECK_FALSE(fit_room_leverage(sessions(3, 20, 0.7, 0.5, 0.2, 0), {}, {}));
  auto single = sessions(4, 20, 0.7, 0.5, 0.2, 1);
  for (RoomSession& session : single) session.waves = 0.9;
  CHECK_FALSE(fit_room_leverage(single, {}, {}));
  CHECK_FALSE(fit_benchmark_reproduction(single, {}, {}));
  CHECK_FALSE(fit_room_leverage({}, {}, {}));
}

TEST_CASE("intervals hold the truth as often as they say") {
  int benchmark_covered = 0, elasticity_covered = 0, fitted = 0;
  double mean_benchmark = 0;
  const int replicates = 300;
  for (int i = 0; i < replicates; ++i) {
    const auto fit = fit_room_leverage(
        sessions(static_cast<std::uint64_t>(100 + i), 40, 0.75, 0.5, 0.35, 1), {}, {});
    if (!fit) continue;
    ++fitted;
    mean_benchmark += std::exp(fit->log_benchmark);
    if (std::abs(fit->log_benchmark - std::log(0.75)) < 1.6448536 * fit->log_benchmark_error) {
      ++benchmark_covered;
    }
    if (std::abs(fit->elasticity - 0.5) < 1.6448536 * fit->elasticity_error) ++elasticity_covered;
  }
  MESSAGE("90 % intervals: ", benchmark_covered, " and ", elasticity_covered, " of ", replicates);
  CHECK(fitted == replicates);
  CHECK(std::abs(mean_benchmark / fitted - 0.75) < 0.004);
  for (const int covered : {benchmark_covered, elasticity_covered}) {
    CHECK(covered > 0.83 * replicates);
    CHECK(covered < 0.96 * replicates);
  }
}

TEST_CASE("rooms that take off, sessions without a stranger, wild numbers: finite or nothing") {
  test::Random random(17);
  for (int i = 0; i < 200; ++i) {
    std::vector<RoomSession> list;
    const int count = random.whole(1, 30);
    for (int k = 0; k < count; ++k) {
      list.push_back({random.between(-6, 6), std::exp(random.between(-3, 14)),
                      std::exp(random.between(-2, 6)),
                      random.chance(0.2) ? 0 : std::exp(random.between(-2, 20))});
    }
    const auto fit = fit_room_leverage(list, {}, {});
    if (!fit) continue;
    CAPTURE(i);
    for (const double number : {fit->log_benchmark, fit->elasticity, fit->log_benchmark_error,
                                fit->elasticity_error, fit->scatter}) {
      CHECK(std::isfinite(number));
    }
  }
}

TEST_SUITE_END();
