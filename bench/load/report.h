// Report: collects the figures of every cell and round, prints medians as a table, writes JSON
// lines.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parlor::bench {

struct Figure {
  std::string_view name;  // as in JSON, units last: "cpu_us_per_delivery"
  double value;
};

class Report {
 public:
  // `json_file` empty: none. Lines are appended.
  Report(std::string bench, std::string json_file);

  // One measured cell. `cell` tells cells of one server apart ("W=4"), and may be empty.
  void add(const std::string& server, const std::string& cell, int round,
           const std::vector<Figure>& figures);

  // The median over the rounds; NaN when that cell was not measured.
  double value(std::string_view server, std::string_view cell, std::string_view figure) const;

  struct Column {
    std::string_view figure;
    std::string_view title;
    int decimals;
  };
  void print_table(const std::vector<Column>& columns) const;

  // Prints and records one bar: "label: 5.3x (bar 4.5x) reached". NaN prints as not measured.
  void print_bar(const std::string& label, double value, double bar, bool at_least,
                 const std::string& unit) const;

 private:
  struct Row {
    std::string server;
    std::string cell;
    std::vector<std::pair<std::string, std::vector<double>>> figures;
  };
  Row& row(const std::string& server, const std::string& cell);
  void write_json(const std::string& line) const;

  std::string bench_;
  std::string json_file_;
  std::vector<Row> rows_;  // in the order of their first measurement
};

}  // namespace parlor::bench
