// Parts of one piece of work on several threads.
#pragma once

#include <functional>

namespace growth::cli {

/// Calls work(part) for every part in [0, parts), on up to `threads` threads; returns when all are
/// done.
void in_parallel(int threads, int parts, const std::function<void(int part)>& work);

}  // namespace growth::cli
