#include "model/run.hpp"

namespace growth::model {

template class Simulation<double>;
template Summary<double> run(const Scenario<double>&, const CompiledIncentives&);

}  // namespace growth::model
