// From a multipart request to a blob: what the uploads of all dialects have in common.
//
//   head: who, how large ─▶ body to a temporary file ─▶ who is it, may they ─▶ examine, keep ─▶
//   then
//
// Wherever it ends early, the request's temporary file goes with the request.
#pragma once

#include <functional>
#include <string>

#include "chat/uploads.h"
#include "dialects/common/endpoint.h"
#include "dialects/common/upload_intake.h"
#include "net/router.h"

namespace parlor::dialects {

// A file that is a blob by now, and no row yet.
struct ReceivedFile {
  Caller caller;
  net::HttpRequest request;
  chat::RecordUpload upload;
};

using FileReceived = std::function<void(ReceivedFile, net::Responder)>;

// The form in which a dialect takes files.
struct UploadForm {
  std::string part;  // the file's part; empty: "file", else the only file there is
  std::string missing = "file is required";  // the complaint
  std::uint64_t max_bytes = 0;               // of the file; 0 = as the intake says
};

// How a route takes uploads: to a file, refused by its head where that says enough. What it is
// given outlives the router's server.
net::RouteOptions upload_options(const Services& services, UploadIntake& intake, Callers callers,
                                 UploadForm form = {});

// Answers everything that is wrong itself; `then` is called with what can be recorded.
net::HttpHandler receive_upload(const Services& services, UploadIntake& intake, Callers callers,
                                FileReceived then, UploadForm form = {});

// The file of a form. invalid when there is none, or several; too_large.
Result<const net::FormPart*> file_of(const net::HttpRequest& request, const UploadForm& form);

}  // namespace parlor::dialects
