#include "cli/parallel.hpp"

#include <atomic>
#include <thread>
#include <vector>

namespace growth::cli {

void in_parallel(int threads, int parts, const std::function<void(int)>& work) {
  std::atomic<int> next{0};
  const auto take = [&] {
    for (int part = next++; part < parts; part = next++) work(part);
  };
  std::vector<std::jthread> helpers;
  for (int i = 1; i < threads && i < parts; ++i) helpers.emplace_back(take);
  take();
}

}  // namespace growth::cli
