# chainsim_library(<name> LEVEL <n> [COLD] HEADERS <...> SOURCES <...> [LINK <...>] [HIDDEN <...>])
#
# One library of the engine, in the folder of the same name. Headers are public, compiled alone by the
# target all_verify_interface_header_sets, and installed. LINK is what the headers show, HIDDEN is what
# only the sources use. A library may use libraries of a lower level only: anything else stops here.
# COLD has no loops of its own that take long: see chainsim_settings.

include(GNUInstallDirs)

set(CHAINSIM_INCLUDE_ROOT "${CMAKE_CURRENT_LIST_DIR}/.." CACHE INTERNAL "root of #include <chainsim/...>")

function(chainsim_check_level name level)
    foreach(used IN LISTS ARGN)
        if(NOT used MATCHES "^chainsim::(.+)$")
            continue()
        endif()
        set(target "chainsim_${CMAKE_MATCH_1}")
        if(NOT TARGET ${target})
            message(FATAL_ERROR "chainsim::${name} uses ${used}, which is not defined (yet)")
        endif()
        get_target_property(other ${target} CHAINSIM_LEVEL)
        if(NOT other LESS level)
            message(FATAL_ERROR
                "chainsim::${name} (level ${level}) may not use ${used} (level ${other})")
        endif()
    endforeach()
endfunction()

# chainsim_settings(<target> [COLD])
#
# Settings every target of the project shares; presets add warnings-as-errors and sanitizers. What is COLD
# is not optimised under sanitizers, where that takes three times as long as it saves when the tests run.
function(chainsim_settings target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "COLD" "" "")
    if(arg_COLD AND CMAKE_CXX_FLAGS MATCHES "fsanitize")
        target_compile_options(${target} PRIVATE -O0)
    endif()
    target_compile_features(${target} PUBLIC cxx_std_20)
    set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
    # The same input gives the same bytes on every machine: no fused multiply-add behind our back.
    target_compile_options(${target} PRIVATE -ffp-contract=off)
endfunction()

function(chainsim_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "COLD" "LEVEL" "HEADERS;SOURCES;LINK;HIDDEN")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "chainsim_library(${name}): unknown ${arg_UNPARSED_ARGUMENTS}")
    endif()
    chainsim_check_level(${name} ${arg_LEVEL} ${arg_LINK} ${arg_HIDDEN})

    set(target chainsim_${name})
    add_library(${target} STATIC ${arg_SOURCES})
    add_library(chainsim::${name} ALIAS ${target})
    set_target_properties(${target} PROPERTIES
        CHAINSIM_LEVEL ${arg_LEVEL}
        EXPORT_NAME ${name}
        POSITION_INDEPENDENT_CODE ON
        VERIFY_INTERFACE_HEADER_SETS ON)
    target_sources(${target} PUBLIC FILE_SET HEADERS
        BASE_DIRS "${CHAINSIM_INCLUDE_ROOT}"
        FILES ${arg_HEADERS})
    target_link_libraries(${target} PUBLIC ${arg_LINK} PRIVATE ${arg_HIDDEN})
    set(cold "")
    if(arg_COLD)
        set(cold COLD)
    endif()
    chainsim_settings(${target} ${cold})

    install(TARGETS ${target} EXPORT chainsim-targets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
endfunction()

# chainsim_kernel(<library> <file.cpp>)
#
# Compiles a file of loops once for each instruction set, with CHAINSIM_KERNEL_ISA defined as the name
# of the namespace to put it in: baseline, and on x86-64 avx2 and avx512. The caller chooses at run time
# (base/vector_isa.hpp). Such a file includes nothing that defines inline functions: the linker keeps
# one copy of these, and it could be one that this processor cannot run.
function(chainsim_kernel name file)
    set(target chainsim_${name})
    set(flags_baseline "")
    set(flags_avx2 -mavx2 -mfma)
    set(flags_avx512 -mavx512f -mavx512dq -mavx512vl -mavx512bw -mfma -mprefer-vector-width=512)
    # AddressSanitizer's stack for use after return aligns to 32 bytes; a vector of 512 bits needs 64.
    set(sanitizing "")
    if(CMAKE_CXX_FLAGS MATCHES "fsanitize=[a-z,-]*address" AND CMAKE_CXX_COMPILER_ID MATCHES "Clang")
        set(sanitizing -fsanitize-address-use-after-return=never)
    endif()
    set(isas baseline)
    if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
        list(APPEND isas avx2 avx512)
    endif()
    get_filename_component(stem ${file} NAME_WE)
    foreach(isa IN LISTS isas)
        set(copy "${CMAKE_CURRENT_BINARY_DIR}/${stem}_${isa}.cpp")
        file(CONFIGURE OUTPUT "${copy}" @ONLY CONTENT
            "#define CHAINSIM_KERNEL_ISA ${isa}\n#include \"${CMAKE_CURRENT_SOURCE_DIR}/${file}\"\n")
        target_sources(${target} PRIVATE "${copy}")
        set_source_files_properties("${copy}" PROPERTIES
            SKIP_UNITY_BUILD_INCLUSION ON
            OBJECT_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${file}"
            COMPILE_OPTIONS "-O3;-Wno-psabi;${flags_${isa}};${sanitizing}")
    endforeach()
endfunction()
