// Runs dialects' calls in the store: the Pipeline that they see.
//
// Thread-safe. A call's answer is encoded on the thread that finishes it: a reader thread, or for
// writes the Publisher's, behind the events of its commit.
#pragma once

#include <functional>
#include <memory>

#include "app/markers.h"
#include "dialects/common/pipeline.h"
#include "dialects/common/socket_dialect.h"
#include "store/store.h"

namespace parlor::app {

class StorePipeline final : public dialects::Pipeline {
 public:
  StorePipeline(store::Store& store, Markers& markers) : store_(store), markers_(markers) {}

  void execute(std::unique_ptr<dialects::HttpCall> call, net::Responder respond) override;
  void execute(std::unique_ptr<dialects::SocketCall> call,
               std::function<void(dialects::SocketReply)> reply);

 private:
  store::Store& store_;
  Markers& markers_;
};

}  // namespace parlor::app
