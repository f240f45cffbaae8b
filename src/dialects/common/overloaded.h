// One visitor out of several lambdas, for std::visit.
#pragma once

namespace parlor::dialects {

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;  // clang 14 does not find it by itself

}  // namespace parlor::dialects
