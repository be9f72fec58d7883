#include "support/catch.hpp"
#include <chainsim/base/sha256.hpp>

#include <string>

TEST_CASE("The digests are those of the standard's examples", "[base][sha256]") {
    // FIPS 180-4, examples of NIST's Cryptographic Standards and Guidelines: "abc" and 448 bits.
    CHECK(chainsim::sha256("abc") ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(chainsim::sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(chainsim::sha256("") ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}
