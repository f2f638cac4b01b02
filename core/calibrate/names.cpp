#include "growth/calibrate.hpp"

namespace growth {

std::string_view customer_base_model_name(CustomerBaseModel model) {
  switch (model) {
    case CustomerBaseModel::nbd: return "nbd";
    case CustomerBaseModel::bg_nbd: return "bg_nbd";
    case CustomerBaseModel::mbg_nbd: return "mbg_nbd";
    case CustomerBaseModel::pareto_nbd: return "pareto_nbd";
  }
  return "";
}

std::vector<std::string_view> customer_base_parameter_names(CustomerBaseModel model) {
  switch (model) {
    case CustomerBaseModel::nbd: return {"r", "alpha"};
    case CustomerBaseModel::pareto_nbd: return {"r", "alpha", "s", "beta"};
    default: return {"r", "alpha", "a", "b"};
  }
}

}  // namespace growth
