// Progress of a search that does not know how many rounds are still to come: each takes a part of what
// is left.
#pragma once

#include "growth/uncertainty.hpp"

namespace growth::analysis {

class SearchProgress {
 public:
  /// Each round takes one of `rounds` parts of what is left: about as many as a search takes.
  SearchProgress(const Execution& execution, int rounds) : execution_(execution), rounds_(rounds) {}

  /// One round is done. False: stop.
  [[nodiscard]] bool step() {
    done_ += (1 - done_) / rounds_;
    return !execution_.progress || execution_.progress(done_);
  }

 private:
  const Execution& execution_;
  int rounds_;
  double done_{0};
};

}  // namespace growth::analysis
