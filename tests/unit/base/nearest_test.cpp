#include "support/catch.hpp"
#include <chainsim/base/nearest.hpp>

#include <string>
#include <vector>

using chainsim::nearest;

TEST_CASE("The nearest known word is found for each kind of typing error", "[base][nearest]") {
    const std::vector<std::string> known{"capacity", "availability", "process"};
    CHECK(nearest("capasity", known) == "capacity");  // one letter changed
    CHECK(nearest("capcity", known) == "capacity");   // one missing
    CHECK(nearest("caapacity", known) == "capacity"); // one too many
    CHECK(nearest("capcaity", known) == "capacity");  // two neighbours swapped: one error, not two
}

TEST_CASE("A word that is like no known one has no nearest", "[base][nearest]") {
    const std::vector<std::string> known{"coke", "quicklime"};
    CHECK(nearest("methanol", known).empty());
    CHECK(nearest("x", known).empty());
    CHECK(nearest("", known).empty());
    CHECK(nearest("coke", {}).empty());
}

TEST_CASE("At most a third of a word may differ", "[base][nearest]") {
    const std::vector<std::string> known{"abcdef"};
    CHECK(nearest("abcdxy", known) == "abcdef"); // 2 of 6
    CHECK(nearest("abcxyz", known).empty());     // 3 of 6
}

TEST_CASE("Among equally near words the alphabetically first is taken", "[base][nearest]") {
    const std::vector<std::string> known{"steam_mp", "steam_hp", "steam_lp"};
    CHECK(nearest("steam_xp", known) == "steam_hp");
}

TEST_CASE("Chinese words are compared by character, not by byte", "[base][nearest]") {
    const std::vector<std::string> known{"焦炉煤气", "电石炉气"};
    CHECK(nearest("焦炉媒气", known) == "焦炉煤气");
}

TEST_CASE("Texts longer than any word are not compared", "[base][nearest]") {
    const std::string endless(100000, 'a');
    CHECK(nearest(endless, std::vector<std::string>{endless}).empty());
}
