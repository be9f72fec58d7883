#include "support/catch.hpp"
#include "support/scratch.hpp"
#include <chainsim/input/detail/tree_image.hpp>
#include <chainsim/input/document.hpp>
#include <chainsim/input/tree_cache.hpp>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace chainsim;
using input::Document;
using input::Findings;
using input::Node;
using input::TreeCache;

namespace fs = std::filesystem;

namespace {

const std::string block = "石灰:\n  - x: \"quoted\"\n    y: |\n      two\n      lines\n  -\n"
                          "empty: {map: {}, list: []}\n"
                          "long: a text that is longer than what a string keeps in itself\n";

bool is_same(const input::Place& a, const input::Place& b) {
    return a.line == b.line && a.column == b.column;
}

bool is_same(const Node& a, const Node& b) {
    return a.kind == b.kind && a.quoted == b.quoted && is_same(a.place, b.place) &&
           a.text == b.text &&
           std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(),
                      [](const Node& x, const Node& y) { return is_same(x, y); }) &&
           std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(),
                      [](const input::Entry& x, const input::Entry& y) {
                          return x.key == y.key && is_same(x.place, y.place) &&
                                 is_same(x.value, y.value);
                      });
}

std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    if (fs::exists(folder)) {
        std::copy(fs::directory_iterator(folder), {}, std::back_inserter(files));
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::string bytes_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

/// A document of a text that is right, by way of the cache.
void check_tree(const std::string& text, const TreeCache& cache) {
    Findings findings;
    const Document parsed("a.yaml", text, findings);
    const Document document("a.yaml", text, findings, cache);
    REQUIRE(findings.empty());
    REQUIRE(document.is_readable());
    CHECK(is_same(document.root(), parsed.root()));
}

} // namespace

TEST_CASE("A tree of the cache is the one that was parsed", "[input][cache]") {
    const test::Scratch scratch;
    const TreeCache cache(scratch / "cache");
    check_tree(block, cache);
    REQUIRE(files_in(scratch / "cache").size() == 1);
    Findings findings;
    const Document again("b.yaml", block, findings, cache);
    CHECK_FALSE(again.was_kept()); // since it was there
    CHECK(is_same(Document("a.yaml", block, findings).root(), again.root()));
    // Its places are in the new document, not in the one that was kept.
    CHECK(again.root().find("long")->place.location().file == "b.yaml");
}

TEST_CASE("Every file of the models and scenarios has the same tree from the cache",
          "[input][cache]") {
    const test::Scratch scratch;
    const TreeCache cache(scratch.path());
    std::vector<input::FileName> files;
    for (const char* folder : {"models", "scenarios"}) {
        for (const auto& entry :
             fs::recursive_directory_iterator(fs::path(CHAINSIM_SOURCE_DIR) / folder)) {
            if (entry.path().extension() == ".yaml") {
                files.push_back({entry.path(), entry.path().string()});
            }
        }
    }
    REQUIRE(files.size() > 50);
    Findings findings;
    const auto parsed = input::read_documents(files, findings, cache);
    const auto cached = input::read_documents(files, findings, cache);
    REQUIRE(findings.empty());
    for (std::size_t i = 0; i < files.size(); ++i) {
        INFO(files[i].name);
        CHECK(parsed[i]->was_kept());
        CHECK_FALSE(cached[i]->was_kept());
        CHECK(is_same(parsed[i]->root(), cached[i]->root()));
    }
}

TEST_CASE("A damaged or foreign file of the cache is as good as none", "[input][cache]") {
    const test::Scratch scratch;
    const TreeCache cache(scratch.path());
    check_tree(block, cache);
    const fs::path file = files_in(scratch.path()).at(0);
    const std::string right = bytes_of(file);
    for (std::size_t i = 0; i < right.size(); ++i) {
        std::string wrong = right;
        wrong[i] = static_cast<char>(wrong[i] ^ 1);
        write(file, wrong);
        check_tree(block, cache);
        REQUIRE(bytes_of(file) == right); // parsed and kept again
    }
    for (const std::size_t length :
         {std::size_t{0}, std::size_t{1}, std::size_t{64}, right.size() / 2, right.size() - 1}) {
        write(file, right.substr(0, length));
        check_tree(block, cache);
    }
    const std::string other = "a: b\n";
    check_tree(other, cache);
    for (const auto& one : files_in(scratch.path())) {
        if (one != file) {
            fs::copy_file(one, file, fs::copy_options::overwrite_existing);
        }
    }
    check_tree(block, cache); // not the tree of the other text
}

TEST_CASE("A document in which something is wrong is not kept, and says so each time",
          "[input][cache]") {
    const test::Scratch scratch;
    const TreeCache cache(scratch / "cache");
    for (const std::string text : {"a: 1\na: 2\n", "a: [\n", "\ta: 1\n", "a: \xFF\n"}) {
        Findings plain;
        const Document parsed("a.yaml", text, plain);
        const auto expected = plain.take();
        REQUIRE(expected.size() == 1);
        for (int i = 0; i < 2; ++i) {
            Findings findings;
            const Document document("a.yaml", text, findings, cache);
            CHECK(findings.take() == expected);
        }
    }
    CHECK(files_in(scratch / "cache").empty());
}

TEST_CASE("A folder that cannot be had only costs time", "[input][cache]") {
    const test::Scratch scratch;
    write(scratch / "file", "no folder");
    check_tree(block, TreeCache(scratch / "file" / "cache"));
    check_tree(block, TreeCache());
    CHECK(bytes_of(scratch / "file") == "no folder");
}

TEST_CASE("The oldest trees go first, and files of others stay", "[input][cache]") {
    const test::Scratch scratch;
    const TreeCache cache(scratch.path());
    write(scratch / "note", "mine");
    for (const std::string text : {"a: 1\n", "a: 2\n", "a: 3\n"}) {
        check_tree(text, cache);
        for (const auto& file : files_in(scratch.path())) { // each a day older than the next
            fs::last_write_time(file, fs::last_write_time(file) - std::chrono::hours(24));
        }
    }
    cache.trim();
    REQUIRE(files_in(scratch.path()).size() == 4);
    const std::size_t one = bytes_of(files_in(scratch.path()).at(0)).size();
    cache.trim(2 * one);
    CHECK(files_in(scratch.path()).size() == 3);
    Findings findings;
    CHECK(Document("a.yaml", "a: 1\n", findings, cache).was_kept()); // had gone
    CHECK_FALSE(Document("a.yaml", "a: 3\n", findings, cache).was_kept());
    cache.trim(0);
    CHECK(files_in(scratch.path()) == std::vector<fs::path>{scratch / "note"});
}

TEST_CASE("Any bytes as an image are a tree or nothing", "[input][cache]") {
    Findings findings;
    const Document document("a.yaml", block, findings);
    const std::string image = input::detail::image_of_tree(document.root());
    const auto tree = input::detail::tree_of_image(image, document);
    REQUIRE(tree);
    CHECK(is_same(*tree, document.root()));
    CHECK_FALSE(input::detail::tree_of_image(image + '\0', document));
    CHECK_FALSE(input::detail::tree_of_image({}, document));
    for (std::size_t i = 0; i < image.size(); ++i) {
        CHECK_FALSE(input::detail::tree_of_image(image.substr(0, i), document));
        for (const int bit : {0x01, 0x04, 0x10, 0x80}) {
            std::string changed = image;
            changed[i] = static_cast<char>(changed[i] ^ bit);
            const auto other = input::detail::tree_of_image(changed, document);
            CHECK((!other || !is_same(*other, document.root()))); // and no crash
        }
    }
    // Lists within each other without end.
    CHECK_FALSE(input::detail::tree_of_image(std::string(3 * 5000, '\2'), document));
}
