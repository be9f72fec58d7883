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
step("${CMAKE_COMMAND}" -S "${SOURCE}/examples/first_run" -B "${stranger}" -G Ninja
    "-DCMAKE_PREFIX_PATH=${prefix}" "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_CXX_FLAGS=${FLAGS}")
step("${CMAKE_COMMAND}" --build "${stranger}")
# The installed scenario with the installed models.
step("${stranger}/first_run" "${prefix}/share/chainsim/scenarios/hainan/base_2020.yaml")
if(NOT output MATCHES "2020: [0-9.]+ Mtce")
    message(FATAL_ERROR "first_run printed:\n${output}")
endif()
step("${prefix}/bin/chainsim" --version)
# A district of one's own, with the installed models.
step("${prefix}/bin/chainsim" new "${BUILD}/tests/package/mine")
step("${prefix}/bin/chainsim" run "${BUILD}/tests/package/mine/methanol_2030.yaml" -o
    "${BUILD}/tests/package/mine_run")
