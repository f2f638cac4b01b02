#include "json/distribution.hpp"

namespace growth::json {

std::vector<std::string> parameter_names(DistributionKind kind) {
  switch (kind) {
    case DistributionKind::uniform: return {"low", "high"};
    case DistributionKind::triangular:
    case DistributionKind::pert: return {"low", "mode", "high"};
    case DistributionKind::normal: return {"mean", "sd"};
    case DistributionKind::lognormal: return {"median", "sigma"};
    case DistributionKind::beta: return {"mean", "concentration"};
    case DistributionKind::p10_p90: return {"p10", "p90"};
  }
  return {};
}

void write(Writer& writer, const DistributionOfInput& distribution) {
  writer.begin_object().member("dist", distribution_name(distribution.kind));
  const std::vector<std::string> names = parameter_names(distribution.kind);
  for (std::size_t i = 0; i < names.size(); ++i) writer.member(names[i], distribution.parameters[i]);
  writer.end_object();
}

void write_uncertain_inputs(Writer& writer, const std::vector<UncertainInput>& inputs) {
  writer.key("uncertainty").begin_object().key("inputs").begin_object();
  for (const UncertainInput& input : inputs) {
    writer.key(input.path);
    write(writer, input.distribution);
  }
  writer.end_object().end_object();
}

}  // namespace growth::json
