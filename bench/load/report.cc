#include "load/report.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <limits>

#include "load/stats.h"

namespace parlor::bench {
namespace {

constexpr int kServerWidth = 36;
constexpr int kCellWidth = 6;
constexpr int kColumnWidth = 14;

}  // namespace

Report::Report(std::string bench, std::string json_file)
    : bench_(std::move(bench)), json_file_(std::move(json_file)) {}

void Report::write_json(const std::string& line) const {
  if (!json_file_.empty()) std::ofstream(json_file_, std::ios::app) << line << '\n';
}

Report::Row& Report::row(const std::string& server, const std::string& cell) {
  const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const Row& candidate) {
    return candidate.server == server && candidate.cell == cell;
  });
  if (found != rows_.end()) return *found;
  return rows_.emplace_back(Row{server, cell, {}});
}

void Report::add(const std::string& server, const std::string& cell, int round,
                 const std::vector<Figure>& figures) {
  boost::json::object line{{"bench", bench_}, {"server", server}, {"cell", cell}, {"round", round}};
  Row& target = row(server, cell);
  for (const Figure& figure : figures) {
    line[figure.name] = figure.value;
    const auto found = std::find_if(target.figures.begin(), target.figures.end(),
                                    [&](const auto& entry) { return entry.first == figure.name; });
    if (found != target.figures.end()) {
      found->second.push_back(figure.value);
    } else {
      target.figures.emplace_back(figure.name, std::vector<double>{figure.value});
    }
  }
  write_json(boost::json::serialize(line));
}

double Report::value(std::string_view server, std::string_view cell,
                     std::string_view figure) const {
  for (const Row& candidate : rows_) {
    if (candidate.server != server || candidate.cell != cell) continue;
    for (const auto& [name, values] : candidate.figures) {
      if (name == figure) return median(values);
    }
  }
  return std::numeric_limits<double>::quiet_NaN();
}

void Report::print_table(const std::vector<Column>& columns) const {
  std::printf("\n%-*s%-*s", kServerWidth, bench_.c_str(), kCellWidth, "");
  for (const Column& column : columns) {
    std::printf("%*.*s", kColumnWidth, static_cast<int>(column.title.size()), column.title.data());
  }
  std::printf("\n");
  for (const Row& line : rows_) {
    std::printf("%-*s%-*s", kServerWidth, line.server.c_str(), kCellWidth, line.cell.c_str());
    for (const Column& column : columns) {
      const double shown = value(line.server, line.cell, column.figure);
      if (std::isnan(shown)) {
        std::printf("%*s", kColumnWidth, "-");
      } else {
        std::printf("%*.*f", kColumnWidth, column.decimals, shown);
      }
    }
    std::printf("\n");
  }
  std::printf("\n");
}

void Report::print_bar(const std::string& label, double value, double bar, bool at_least,
                       const std::string& unit) const {
  if (std::isnan(value)) {
    std::printf("%-66s not measured (bar %g%s)\n", label.c_str(), bar, unit.c_str());
    return;
  }
  const bool reached = at_least ? value >= bar : value <= bar;
  std::printf("%-66s %.2f%s (bar %s %g%s) %s\n", label.c_str(), value, unit.c_str(),
              at_least ? "at least" : "at most", bar, unit.c_str(),
              reached ? "reached" : "NOT REACHED");
  write_json(boost::json::serialize(boost::json::object{
      {"bench", bench_}, {"bar", label}, {"value", value}, {"limit", bar}, {"reached", reached}}));
}

}  // namespace parlor::bench
