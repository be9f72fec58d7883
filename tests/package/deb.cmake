# Run by the test `deb`: the package is made, unpacked into a root of its own, and used there.
set(folder "${BUILD}/tests/package/deb")
set(root "${folder}/root")
file(REMOVE_RECURSE "${folder}")

function(step)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${ARGN} ended with ${result}:\n${output}")
    endif()
    set(output "${output}" PARENT_SCOPE)
endfunction()

function(expect what)
    foreach(wanted IN LISTS ARGN)
        if(NOT output MATCHES "${wanted}")
            message(FATAL_ERROR "${what} lacks ${wanted}:\n${output}")
        endif()
    endforeach()
endfunction()

step("${CPACK}" -G DEB --config "${BUILD}/CPackConfig.cmake" -B "${folder}")
file(GLOB package "${folder}/chainsim_*.deb")

step(dpkg-deb --field "${package}")
expect("the control file" "Package: chainsim\n" "Section: science\n" "chainsim developers <noreply@chainsim.invalid>"
    "Depends: [^\n]*libc6" "Depends: [^\n]*libyaml-cpp" "Depends: [^\n]*libtbb" "产业链仿真")
step(dpkg-deb --contents "${package}")
expect("the package" "\\./usr/bin/chainsim\n" "\\./usr/include/chainsim/chainsim\\.hpp\n"
    "\\./usr/lib/[^\n]*libchainsim_study\\.a\n" "\\./usr/lib/[^\n]*cmake/chainsim/chainsimConfig\\.cmake\n"
    "\\./usr/share/chainsim/models/sources\\.yaml\n" "\\./usr/share/chainsim/scenarios/hainan/plan_2025\\.yaml\n"
    "\\./usr/share/doc/chainsim/copyright\n" "\\./usr/share/doc/chainsim/examples/programs/sweep\\.cpp\n")
if(output MATCHES "__pycache__|node_modules|${BUILD}")
    message(FATAL_ERROR "the package holds what was left by a build:\n${output}")
endif()

step(dpkg-deb --extract "${package}" "${root}")
step("${root}/usr/bin/chainsim" --version)
step("${root}/usr/bin/chainsim" run "${root}/usr/share/chainsim/scenarios/tutorial/methanol_2030.yaml"
    -o "${folder}/run")
# A district of one's own finds the installed models.
step("${root}/usr/bin/chainsim" new "${folder}/mine")
step("${root}/usr/bin/chainsim" run "${folder}/mine/methanol_2030.yaml" -o "${folder}/mine_run")
if(PYTHON)
    step("${CMAKE_COMMAND}" -E env "PYTHONPATH=${root}/usr/lib/python3/dist-packages" "${PYTHON}" -B -c
        "print(__import__('chainsim').open('${root}/usr/share/chainsim/scenarios/hainan/plan_2025.yaml').run().year(2025).indicator('energy_controlled'))")
    expect("the answer of the Python module" "^[0-9.]+\n$")
endif()
