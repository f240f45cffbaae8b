// The composition root: builds the server's parts, connects them, starts and stops them in order.
// The only place that knows which adapter stands behind which port.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/config.h"
#include "base/result.h"

namespace parlor::app {

class Application {
 public:
  // Fails with a sentence for the person who started it.
  static Result<std::unique_ptr<Application>> start(const Config& config);
  // Drains: no new connections, requests finished, clients told to come back; then the store.
  ~Application();
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  std::vector<std::string> addresses() const;

 private:
  struct Parts;
  explicit Application(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace parlor::app
