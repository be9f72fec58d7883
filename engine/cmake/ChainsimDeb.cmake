# The Debian package, of a finished build:
#
#   cpack -G DEB --config build/release/CPackConfig.cmake -B build
#   apt-get install ./build/chainsim_*.deb
#
# One package: the programs, the Python module, the models and scenarios in share/chainsim, and what
# find_package(chainsim) needs. Who compiles against it installs the -dev packages that it suggests.

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME chainsim)
set(CPACK_PACKAGE_VENDOR "chainsim developers")
set(CPACK_PACKAGE_CONTACT "chainsim developers <noreply@chainsim.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "simulates the industrial chains of a district (产业链仿真)")
set(CPACK_PACKAGE_DESCRIPTION
"chainsim solves the material and energy balances of the plants of a district,
and tells what that means in energy, carbon, water and money, and against the
targets of energy dual control. With program, C++ libraries, Python module,
models and example scenarios.
.
chainsim 求解一个区内各装置的物料与能量平衡,给出能耗、碳、水和经济账,并对照
能耗双控等约束。含命令行程序、C++ 库、Python 模块、模型库与示例情景。")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
# Which libraries the programs load is asked of themselves, where Debian's tool for that is there.
find_program(CHAINSIM_SHLIBDEPS dpkg-shlibdeps DOC "tells the packages of shared libraries")
if(CHAINSIM_SHLIBDEPS)
    set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
else()
    # As it says for Debian 12.
    set(CPACK_DEBIAN_PACKAGE_DEPENDS
        "coinor-libcbc3, coinor-libcgl1, coinor-libclp1, coinor-libcoinutils3v5, coinor-libosi1v5, libboost-mpi1.74.0, libboost-serialization1.74.0, libc6 (>= 2.35), libcpp-httplib0.11, libfmt9, libgcc-s1, libklu1, libnetcdf19, libopenblas0-serial, libopenmpi3, libsqlite3-0, libssl3, libstdc++6 (>= 12), libtbb12, libudunits2-0, libxlsxwriter4, libyaml-cpp0.7, zlib1g")
endif()
set(recommended "")
if(TARGET chainsim_python)
    # The module is for this minor version of Python alone.
    execute_process(COMMAND "${CHAINSIM_PYTHON}" -c
        "import sys; a, b = sys.version_info[:2]; print(f'python3 (>= {a}.{b}), python3 (<< {a}.{b + 1}), python3-numpy')"
        OUTPUT_VARIABLE recommended OUTPUT_STRIP_TRAILING_WHITESPACE)
endif()
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "${recommended}")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS
    "python3-pandas, cmake, g++, coinor-libcbc-dev, coinor-libcgl-dev, coinor-libclp-dev, coinor-libcoinutils-dev, coinor-libosi-dev, libboost-dev, libeigen3-dev, libfmt-dev, libnetcdf-dev, libopenblas-serial-dev, libsqlite3-dev, libssl-dev, libsuitesparse-dev, libtbb-dev, libudunits2-dev, libutf8proc-dev, libxlsxwriter-dev, libyaml-cpp-dev, nlohmann-json3-dev, zlib1g-dev")

install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}" RENAME copyright)
install(FILES CHANGELOG.md README.md README.zh.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(DIRECTORY examples/first_run examples/programs examples/python
    DESTINATION "${CMAKE_INSTALL_DOCDIR}/examples" PATTERN "__pycache__" EXCLUDE)

include(CPack)
