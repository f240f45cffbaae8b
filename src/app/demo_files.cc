#include "app/demo_files.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <span>
#include <vector>

namespace parlor::app {
namespace {

struct Point {
  double x = 0;
  double y = 0;
};

struct Colour {
  double red = 0;
  double green = 0;
  double blue = 0;
};

constexpr Colour colour(std::uint32_t rgb) {
  return {static_cast<double>(rgb >> 16U), static_cast<double>(rgb >> 8U & 0xFFU),
          static_cast<double>(rgb & 0xFFU)};
}

Colour mix(Colour a, Colour b, double share) {
  const auto part = std::clamp(share, 0.0, 1.0);
  return {a.red + (b.red - a.red) * part, a.green + (b.green - a.green) * part,
          a.blue + (b.blue - a.blue) * part};
}

double distance(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

double distance_to_segment(Point p, Point a, Point b) {
  const double length = (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y);
  const double at = ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / length;
  const double on = std::clamp(at, 0.0, 1.0);
  return distance(p, {a.x + (b.x - a.x) * on, a.y + (b.y - a.y) * on});
}

// Corners in one direction round.
bool is_in_polygon(Point p, std::span<const Point> corners) {
  bool is_in = false;
  for (std::size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
    const auto& a = corners[i];
    const auto& b = corners[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x)
      is_in = !is_in;
  }
  return is_in;
}

constexpr int kWidth = 640;
constexpr int kHeight = 420;

Colour wall_and_table(Point p) {
  constexpr double kTable = 316;
  if (p.y > kTable) return mix(colour(0xA87B52), colour(0x94693F), (p.y - kTable) / 104);
  return mix(colour(0xD6C6AF), colour(0xE6DAC7), p.y / kTable);
}

// An opal dome on its base in an open box, with a crack.
Colour cracked_dome(Point p) {
  constexpr std::array<Point, 4> kLeftFlap = {{{120, 330}, {190, 176}, {250, 196}, {214, 330}}};
  constexpr std::array<Point, 4> kRightFlap = {{{520, 330}, {450, 176}, {390, 196}, {426, 330}}};
  constexpr std::array<Point, 4> kBox = {{{120, 330}, {520, 330}, {492, 400}, {148, 400}}};
  constexpr std::array<Point, 4> kBase = {{{276, 286}, {364, 286}, {382, 318}, {258, 318}}};
  constexpr std::array<Point, 6> kCrack = {
      {{352, 106}, {336, 148}, {358, 176}, {330, 206}, {346, 238}, {326, 268}}};
  constexpr std::array<Point, 3> kBranch = {{{358, 176}, {388, 186}, {400, 204}}};
  constexpr Point kCentre = {320, 192};
  constexpr double kRadius = 102;

  auto c = wall_and_table(p);
  if (is_in_polygon(p, kLeftFlap) || is_in_polygon(p, kRightFlap)) c = colour(0xC79A68);
  if (is_in_polygon(p, kBox)) c = mix(colour(0xB98A57), colour(0xA57748), (p.y - 330) / 70);
  if (is_in_polygon(p, kBase)) c = colour(0x4A3A2A);
  if (distance(p, kCentre) < kRadius) {
    c = mix(colour(0xFFF8E6), colour(0xD9BC8C), distance(p, {288, 156}) / 190);
    for (const auto line : {std::span<const Point>(kCrack), std::span<const Point>(kBranch)})
      for (std::size_t i = 1; i < line.size(); ++i)
        if (distance_to_segment(p, line[i - 1], line[i]) < 2.2) c = colour(0x5A4733);
  }
  return c;
}

// A linen shade that is darker than the card beside it.
Colour linen_shade(Point p) {
  constexpr std::array<Point, 4> kShade = {{{212, 96}, {348, 96}, {404, 262}, {156, 262}}};
  constexpr std::array<Point, 4> kCard = {{{440, 150}, {548, 138}, {560, 286}, {450, 292}}};
  auto c = wall_and_table(p);
  if (std::abs(p.x - 280) < 9 && p.y > 250 && p.y < 356) c = colour(0x6B4A36);
  if (std::hypot((p.x - 280) / 74, (p.y - 356) / 13) < 1) c = colour(0x5D3F2D);
  if (is_in_polygon(p, kShade)) {
    const double thread = 0.5 + 0.5 * std::sin(p.x * 0.9) * std::sin(p.y * 0.9);
    c = mix(mix(colour(0xB98E6A), colour(0x9C7350), (p.x - 156) / 248), colour(0xC9A583),
            thread * 0.25);
  }
  if (is_in_polygon(p, kCard)) c = p.y > 266 ? colour(0xF7F3EA) : colour(0xDCC3A1);
  return c;
}

void append_big_endian(std::string& to, std::uint32_t number) {
  for (const auto shift : {24U, 16U, 8U, 0U}) to += static_cast<char>(number >> shift & 0xFFU);
}

// PNG (ISO/IEC 15948) 5.3: length, type, data, CRC of type and data.
void append_chunk(std::string& png, const std::string& type, const std::string& data) {
  append_big_endian(png, static_cast<std::uint32_t>(data.size()));
  const auto body = type + data;
  png += body;
  append_big_endian(png,
                    static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(body.data()),
                                                     static_cast<uInt>(body.size()))));
}

std::string deflated(const std::string& bytes) {
  auto size = compressBound(static_cast<uLong>(bytes.size()));
  std::string result(size, '\0');
  compress(reinterpret_cast<Bytef*>(result.data()), &size,
           reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uLong>(bytes.size()));
  result.resize(size);
  return result;
}

// The mean of four points of the pixel, so that edges are smooth.
template <class Draw>
void append_pixel(std::string& to, int x, int y, Draw draw) {
  Colour sum;
  for (const double dx : {0.25, 0.75}) {
    for (const double dy : {0.25, 0.75}) {
      const auto c = draw(Point{x + dx, y + dy});
      sum = {sum.red + c.red, sum.green + c.green, sum.blue + c.blue};
    }
  }
  for (const double part : {sum.red, sum.green, sum.blue})
    to += static_cast<char>(std::lround(part / 4));
}

template <class Draw>
std::string png_of(Draw draw) {
  std::string pixels;
  for (int y = 0; y < kHeight; ++y) {
    pixels += '\0';  // this line is not filtered
    for (int x = 0; x < kWidth; ++x) append_pixel(pixels, x, y, draw);
  }
  std::string header;
  append_big_endian(header, kWidth);
  append_big_endian(header, kHeight);
  header += std::string("\x08\x02\0\0\0", 5);  // 8 bits each of red, green and blue
  std::string png = "\x89PNG\r\n\x1A\n";
  append_chunk(png, "IHDR", header);
  append_chunk(png, "IDAT", deflated(pixels));
  append_chunk(png, "IEND", "");
  return png;
}

void append_little_endian(std::string& to, std::uint32_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) to += static_cast<char>(number >> (8U * unsigned(i)) & 0xFFU);
}

// A voice without words: syllables of a humming throat, with a pause between two sentences.
std::string hummed_wav() {
  constexpr std::uint32_t kRate = 8'000;
  constexpr double kSeconds = 7;
  constexpr double kSyllable = 0.24;
  std::string samples;
  double phase = 0;
  for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(kSeconds * kRate); ++i) {
    const double at = static_cast<double>(i) / kRate;
    const int syllable = static_cast<int>(at / kSyllable);
    const bool is_pause = syllable % 15 >= 13;
    const double within = std::fmod(at, kSyllable) / kSyllable;
    const double stress = 0.35 + 0.65 * std::abs(std::sin(syllable * 2.1));
    const double loud = is_pause ? 0 : stress * std::pow(std::sin(std::numbers::pi * within), 0.6);
    phase += (128 + 22 * std::sin(at * 2.4)) / kRate;
    double sound = 0;
    for (int overtone = 1; overtone <= 10; ++overtone)
      sound += std::sin(2 * std::numbers::pi * phase * overtone) / (overtone + syllable % 4);
    append_little_endian(samples, static_cast<std::uint16_t>(std::lround(sound * loud * 9'000)), 2);
  }
  std::string wav = "RIFF";
  append_little_endian(wav, static_cast<std::uint32_t>(36 + samples.size()), 4);
  wav += "WAVEfmt ";
  append_little_endian(wav, 16, 4);
  append_little_endian(wav, 1, 2);  // PCM
  append_little_endian(wav, 1, 2);  // one channel
  append_little_endian(wav, kRate, 4);
  append_little_endian(wav, kRate * 2, 4);
  append_little_endian(wav, 2, 2);
  append_little_endian(wav, 16, 2);
  wav += "data";
  append_little_endian(wav, static_cast<std::uint32_t>(samples.size()), 4);
  return wav + samples;
}

std::string label_pdf() {
  const std::string page =
      "BT /F1 20 Tf 36 236 Td (Return to: Juniper Lamps) Tj 0 -30 Td /F1 14 Tf"
      " (3 Marrow Lane, Halden) Tj 0 -36 Td (Order 48177, one parcel) Tj ET"
      " 36 60 3 70 re 44 60 6 70 re 56 60 2 70 re 64 60 7 70 re 78 60 3 70 re 86 60 5 70 re"
      " 98 60 2 70 re 106 60 8 70 re 120 60 3 70 re 130 60 6 70 re f";
  const std::array<std::string, 5> objects = {
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 297] /Contents 4 0 R"
      " /Resources << /Font << /F1 5 0 R >> >> >>",
      "<< /Length " + std::to_string(page.size()) + " >>\nstream\n" + page + "\nendstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
  std::string pdf = "%PDF-1.4\n";
  std::string table = "0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const auto place = std::to_string(pdf.size());
    table += std::string(10 - place.size(), '0') + place + " 00000 n \n";
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const auto begin = std::to_string(pdf.size());
  return pdf + "xref\n0 6\n" + table + "trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n" + begin +
         "\n%%EOF\n";
}

}  // namespace

DemoFileContent make_demo_file(DemoFile file) {
  switch (file) {
    case DemoFile::none:
      return {};
    case DemoFile::cracked_dome:
      return {"IMG_2207.png", png_of(cracked_dome)};
    case DemoFile::linen_shade:
      return {"IMG_0411.png", png_of(linen_shade)};
    case DemoFile::voice:
      return {"voice-message.wav", hummed_wav()};
    case DemoFile::return_label:
      return {"return-label-48177.pdf", label_pdf()};
  }
  return {};
}

}  // namespace parlor::app
