# What every target of ours is compiled with, and the two functions that add a library and a test.
add_library(gls_options INTERFACE)
target_compile_features(gls_options INTERFACE cxx_std_23)
target_include_directories(gls_options INTERFACE ${PROJECT_SOURCE_DIR}/daemon)
target_compile_options(gls_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
    -fno-omit-frame-pointer -fstack-protector-strong
    # GCC 12 takes the frames of coroutines for mismatched at -O1 with ASan.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-mismatched-new-delete>
    # Files compiled as one look like headers to it: what they keep to themselves is theirs all the same.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>
    $<$<BOOL:${GLS_WARNINGS_AS_ERRORS}>:-Werror>
    $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2>)
# Each io_context has one thread; Asio's own thread support stays on because signals and resolvers need it.
target_compile_definitions(gls_options INTERFACE
    BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_COROUTINE)
target_link_options(gls_options INTERFACE -Wl,-z,relro,-z,now)
if(GLS_SANITIZE)
    target_compile_options(gls_options INTERFACE -fsanitize=${GLS_SANITIZE} -fno-sanitize-recover=all)
    target_link_options(gls_options INTERFACE -fsanitize=${GLS_SANITIZE})
    if(GLS_SANITIZE STREQUAL "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # TSan under GCC warns about fences inside Asio; they are Asio's own and proved there.
        target_compile_options(gls_options INTERFACE -Wno-tsan)
    endif()
endif()
if(GLS_BUILD_FUZZERS)
    target_compile_options(gls_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(GLS_COVERAGE)
    target_compile_options(gls_options INTERFACE --coverage)
    target_link_options(gls_options INTERFACE --coverage)
endif()
# Every library here ends up in a program, so one flag does for both, and they can share what is precompiled.
target_compile_options(gls_options INTERFACE -fPIE)
target_link_options(gls_options INTERFACE -pie)
# "-O2 -g1": line tables for a crash's backtrace at a tenth of full debug information's build time.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g")

# Several files of a library or a test are compiled as one: what they include and instantiate alike, most
# of the time that it takes, is dealt with once. The presets clang and fuzz take each file by itself, so
# that each goes on including what it uses.
if(NOT DEFINED CMAKE_UNITY_BUILD)
    set(CMAKE_UNITY_BUILD ON)
endif()
set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)

# What is precompiled has the flags of all that reuses it; a library's own definitions are of no account
# to it. Not for a release: of precompiled headers GCC 12 forgets which are the system's, and at -O2 it
# finds fault with std::string's own (-Warray-bounds).
if(NOT CMAKE_BUILD_TYPE STREQUAL "Release")
    add_library(gls_precompiled OBJECT ${PROJECT_SOURCE_DIR}/daemon/precompiled.cpp)
    target_link_libraries(gls_precompiled PRIVATE gls_options Boost::headers Threads::Threads)
    target_precompile_headers(gls_precompiled PRIVATE ${PROJECT_SOURCE_DIR}/daemon/precompiled.hpp)
endif()

function(gls_precompile target)
    if(TARGET gls_precompiled)
        target_precompile_headers(${target} REUSE_FROM gls_precompiled)
    endif()
endfunction()

# gls_library(NAME SOURCES file... DEPENDS library...): the static library gls_NAME.
function(gls_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
    add_library(gls_${name} STATIC ${arg_SOURCES})
    target_link_libraries(gls_${name} PUBLIC gls_options Threads::Threads ${arg_DEPENDS} PRIVATE ${arg_PRIVATE_DEPENDS})
    gls_precompile(gls_${name})
endfunction()

# What only tests are made of is not worth the optimizer's time, nor a look by UBSan: without both it
# compiles in half the time. The libraries under test, and what benches share, keep the preset's flags.
add_library(gls_test_code INTERFACE)
target_compile_options(gls_test_code INTERFACE -O0 -U_FORTIFY_SOURCE)
if(GLS_SANITIZE MATCHES "undefined")
    target_compile_options(gls_test_code INTERFACE -fno-sanitize=undefined)
endif()

if(GLS_BUILD_TESTS)
    add_library(gls_test_precompiled OBJECT ${PROJECT_SOURCE_DIR}/daemon/precompiled.cpp)
    target_link_libraries(gls_test_precompiled PRIVATE gls_options Boost::headers doctest::doctest Threads::Threads gls_test_code)
    target_precompile_headers(gls_test_precompiled PRIVATE ${PROJECT_SOURCE_DIR}/daemon/precompiled.hpp <doctest/doctest.h>)
endif()

# gls_test(NAME LABEL unit|wire|daemon SOURCES file... DEPENDS library...): a doctest executable
# registered with CTest under its label.
function(gls_test name)
    cmake_parse_arguments(arg "" "LABEL;TIMEOUT" "SOURCES;DEPENDS" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    # gls_test_code last: the later flag wins.
    target_link_libraries(${name} PRIVATE gls_test_support ${arg_DEPENDS} gls_test_code)
    target_precompile_headers(${name} REUSE_FROM gls_test_precompiled)
    add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}/tests)
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 300)
    endif()
    set_tests_properties(${name} PROPERTIES LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT})
endfunction()
