#include "net/multipart.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

namespace parlor::net {
namespace {

namespace fs = std::filesystem;

class MultipartTest : public ::testing::Test {
 protected:
  MultipartTest() {
    char name[] = "/tmp/parlor-multipart-XXXXXX";
    directory = ::mkdtemp(name);
  }
  ~MultipartTest() override { fs::remove_all(directory); }

  int read(std::string_view body, std::size_t piece = 1'000'000) {
    MultipartReader reader("b", directory);
    for (std::size_t at = 0; at < body.size(); at += piece) {
      if (const int status = reader.feed(body.substr(at, piece))) return status;
    }
    const int status = reader.finish();
    if (status == 0) form = reader.take_form();
    return status;
  }
  std::size_t file_count() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory), {}));
  }
  static std::string contents(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream all;
    all << file.rdbuf();
    return all.str();
  }

  std::string directory;
  std::unique_ptr<MultipartForm> form;
};

std::string part(std::string_view disposition, std::string_view data) {
  return "--b\r\nContent-Disposition: form-data; " + std::string(disposition) +
         "\r\nContent-Type: image/png\r\n\r\n" + std::string(data) + "\r\n";
}

TEST_F(MultipartTest, FilesGoToDiskAndFieldsToMemory) {
  ASSERT_EQ(read(part("name=\"note\"", "hello") +
                 part("name=file; filename=\"a \\\"b\\\".png\"", "PNG\r\n--data") + "--b--\r\n"),
            0);
  EXPECT_EQ(form->find("note")->value, "hello");
  const FormPart* file = form->find("file");
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(file->file_name, "a \"b\".png");
  EXPECT_EQ(file->content_type, "image/png");
  EXPECT_EQ(file->size, 11u);
  EXPECT_EQ(contents(file->temporary_path), "PNG\r\n--data");
  form.reset();
  EXPECT_EQ(file_count(), 0u);
}

TEST_F(MultipartTest, ReadsTheSameHoweverTheBodyIsCut) {
  std::mt19937 random(2);
  std::string data;
  for (int i = 0; i < 5000; ++i) data += "\r\n--bx"[random() % 6];
  while (data.find("\r\n--b") != std::string::npos) data.erase(data.find("\r\n--b"), 3);
  const std::string body = "preamble\r\n" + part("name=f; filename=x", data) +
                           part("name=empty", "") + part("name=g; filename=y", "") +
                           "--b--\r\nepilogue";
  for (const std::size_t piece : {1, 2, 3, 5, 7, 64, 1000, 100000}) {
    ASSERT_EQ(read(body, piece), 0) << piece;
    ASSERT_EQ(form->parts().size(), 3u);
    EXPECT_EQ(contents(form->parts()[0].temporary_path), data);
    EXPECT_EQ(form->parts()[1].value, "");
    EXPECT_EQ(form->parts()[2].size, 0u);
  }
}

TEST_F(MultipartTest, ABodyCutOffAnywhereIsRefusedAndLeavesNoFile) {
  const std::string body = part("name=f; filename=x", "some data") + "--b--";
  for (std::size_t size = 0; size < body.size(); ++size) {
    EXPECT_EQ(read(body.substr(0, size)), 400) << size;
    EXPECT_EQ(file_count(), 0u);
  }
}

TEST_F(MultipartTest, RefusesWhatIsNoForm) {
  EXPECT_EQ(read("--b\r\nX: y\r\n\r\ndata\r\n--b--"), 400) << "a part without a name";
  EXPECT_EQ(read("--bX\r\n\r\n--b--"), 400);
  EXPECT_EQ(read("--b\r\n" + std::string(20000, 'h')), 400) << "endless part head";
  EXPECT_EQ(read(part("name=\"\xFF\"", "x") + "--b--"), 400) << "a name that is not UTF-8";
}

TEST_F(MultipartTest, BoundsPartsAndFields) {
  std::string many;
  for (std::size_t i = 0; i <= MultipartReader::kMostParts; ++i) many += part("name=a", "x");
  EXPECT_EQ(read(many + "--b--"), 413);
  EXPECT_EQ(read(part("name=a", std::string(MultipartReader::kMostFieldBytes + 1, 'x')) + "--b--"),
            413);
}

TEST_F(MultipartTest, SaysSoWhenTheFileCannotBeWritten) {
  directory += "/missing";
  EXPECT_EQ(read(part("name=f; filename=x", "data") + "--b--"), 503);
}

TEST(MultipartBoundary, IsTakenFromTheContentType) {
  EXPECT_EQ(MultipartReader::boundary_of("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(MultipartReader::boundary_of("Multipart/Form-Data; charset=x; boundary=\"a b\""),
            "a b");
  EXPECT_EQ(MultipartReader::boundary_of("multipart/form-data"), "");
  EXPECT_EQ(MultipartReader::boundary_of("multipart/mixed; boundary=abc"), "");
  EXPECT_EQ(MultipartReader::boundary_of("multipart/form-data; boundary=" + std::string(71, 'a')),
            "");
}

}  // namespace
}  // namespace parlor::net
