# Run by the test `package`: every step must succeed.
set(prefix "${BUILD}/tests/package/prefix")
set(stranger "${BUILD}/tests/package/first_run")
file(REMOVE_RECURSE "${prefix}" "${stranger}" "${BUILD}/tests/package/mine" "${BUILD}/tests/package/mine_run")

function(step)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${ARGN} ended with ${result}:\n${output}")
    endif()
    set(output "${output}" PARENT_SCOPE)
endfunction()

step("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${prefix}")
# Whatever an installed header includes of chainsim is installed as well.
file(GLOB_RECURSE headers "${prefix}/include/chainsim/*.hpp")
foreach(header IN LISTS headers)
    file(STRINGS "${header}" includes REGEX "^#include <chainsim/")
    foreach(line IN LISTS includes)
        string(REGEX REPLACE "^#include <([^>]+)>.*" "\\1" name "${line}")
        if(NOT EXISTS "${prefix}/include/${name}")
            message(FATAL_ERROR "${header} includes ${name}, which is not installed")
        endif()
    endforeach()
endforeach()
step("${CMAKE_COMMAND}" -S "${SOURCE}/examples/first_run" -B "${stranger}" -G Ninja
    "-DCMAKE_PREFIX_PATH=${prefix}" "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_CXX_FLAGS=${FLAGS}")
step("${CMAKE_COMMAND}" --build "${stranger}")
# The installed scenario with the installed models.
step("${stranger}/first_run" "${prefix}/share/chainsim/scenarios/hainan/base_2020.yaml")
if(NOT output MATCHES "2020: [0-9.]+ Mtce")
    message(FATAL_ERROR "first_run printed:\n${output}")
endif()
# Every library can be linked: what it uses in turn is found by find_package(chainsim) alone.
file(GLOB archives RELATIVE "${prefix}/lib" "${prefix}/lib/libchainsim_*.a")
list(TRANSFORM archives REPLACE "^libchainsim_(.*)\\.a$" "chainsim::\\1")
list(JOIN archives " " libraries)
set(everything "${BUILD}/tests/package/everything")
file(REMOVE_RECURSE "${everything}")
file(WRITE "${everything}/main.cpp" "int main() {}\n")
file(WRITE "${everything}/CMakeLists.txt" "cmake_minimum_required(VERSION 3.25)
project(everything LANGUAGES CXX)
find_package(chainsim 0.1 REQUIRED)
add_executable(everything main.cpp)
target_link_libraries(everything PRIVATE ${libraries})
")
step("${CMAKE_COMMAND}" -S "${everything}" -B "${everything}/build" -G Ninja
    "-DCMAKE_PREFIX_PATH=${prefix}" "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_CXX_FLAGS=${FLAGS}")
step("${CMAKE_COMMAND}" --build "${everything}/build")
# The five small programs, each run as its first lines say.
set(programs "${BUILD}/tests/package/programs")
set(scenarios "${prefix}/share/chainsim/scenarios")
file(REMOVE_RECURSE "${programs}")
step("${CMAKE_COMMAND}" -S "${SOURCE}/examples/programs" -B "${programs}" -G Ninja
    "-DCMAKE_PREFIX_PATH=${prefix}" "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_CXX_FLAGS=${FLAGS}"
    "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}")
step("${CMAKE_COMMAND}" --build "${programs}")

# use(PROGRAM ARGUMENTS...): what it prints must match `expected`.
function(use program expected)
    step("${programs}/${program}" ${ARGN})
    if(NOT output MATCHES "${expected}")
        message(FATAL_ERROR "${program} printed:\n${output}")
    endif()
endfunction()
# 100 / (1 - 1.6 x 0.02), and 1.6 times that
use(first_chain "^mill: 103\\.306 t\nmine: 165\\.289 t\n$")
use(new_indicator "^2025: [0-9.e+]+ m3 of fresh_water into [0-9]+ plants\n  [a-z]"
    "${scenarios}/hainan/plan_2025.yaml" fresh_water)
use(sweep "\n +2 +[0-9.]+ +-?[0-9.]+\n.*\n +14 +[0-9.]+ +-?[0-9.]+\n$" "${scenarios}/tutorial")
use(custom_policy "^2025: fresh_water is [0-9.e+]+, at most [0-9.e+]+ m3: met, margin [0-9.e+]+\n2025: [0-9]+ plants"
    "${scenarios}/hainan/plan_2025.yaml" fresh_water "1 亿 m3")
use(portfolio "^value_added: -?[0-9.e+]+ CNY, without any project -?[0-9.e+]+\n  build gas_to_methanol from 20"
    "${scenarios}/tutorial/desk_2030.yaml" value_added)
step("${prefix}/bin/chainsim" --version)
# A district of one's own, with the installed models.
step("${prefix}/bin/chainsim" new "${BUILD}/tests/package/mine")
step("${prefix}/bin/chainsim" run "${BUILD}/tests/package/mine/methanol_2030.yaml" -o
    "${BUILD}/tests/package/mine_run")
