# The Debian package: cmake --preset release, build, then `cpack --config build/release/CPackConfig.cmake`.
# It is an install component of its own, laid out from /, so that a plain `cmake --install` stays as it was.
set(GLS_PACKAGE_MAINTAINER "gamelift_streams_exporter maintainers <maintainers@gamelift-streams-exporter.invalid>"
    CACHE STRING "Maintainer field of the Debian package")
set(package gamelift-streams-exporter)
set(made ${PROJECT_BINARY_DIR}/debian)

# Policy wants these two compressed as hard as gzip can, without a time stamp.
find_program(GLS_GZIP gzip)
if(NOT GLS_GZIP)
    return()
endif()
configure_file(deploy/debian/changelog.in ${made}/changelog @ONLY)
file(COPY deploy/debian/gamelift_streams_exporter.1 DESTINATION ${made})
foreach(page changelog gamelift_streams_exporter.1)
    execute_process(COMMAND ${GLS_GZIP} -9nkf ${made}/${page} COMMAND_ERROR_IS_FATAL ANY)
endforeach()

install(TARGETS gamelift_streams_exporter RUNTIME DESTINATION usr/bin COMPONENT debian EXCLUDE_FROM_ALL)
install(FILES config/exporter.yml config/web.yml deploy/systemd/credentials
    DESTINATION etc/${package} COMPONENT debian EXCLUDE_FROM_ALL)
install(FILES deploy/systemd/${package}.default RENAME ${package}
    DESTINATION etc/default COMPONENT debian EXCLUDE_FROM_ALL)
install(FILES deploy/systemd/${package}.service deploy/systemd/${package}.socket
    DESTINATION lib/systemd/system COMPONENT debian EXCLUDE_FROM_ALL)
install(FILES ${made}/changelog.gz README.md deploy/debian/copyright deploy/iam-policy.json
    config/exporter.schema.json config/minimal.yml
    DESTINATION usr/share/doc/${package} COMPONENT debian EXCLUDE_FROM_ALL)
install(FILES ${made}/gamelift_streams_exporter.1.gz
    DESTINATION usr/share/man/man1 COMPONENT debian EXCLUDE_FROM_ALL)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME ${package})
set(CPACK_PACKAGE_CONTACT ${GLS_PACKAGE_MAINTAINER})
set(CPACK_PACKAGING_INSTALL_PREFIX "/")
set(CPACK_INSTALL_CMAKE_PROJECTS "${PROJECT_BINARY_DIR};${package};debian;/")
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "ca-certificates, init-system-helpers (>= 1.52)")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS prometheus)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Counts the stream sessions of AWS accounts and regions by status, location,
 stream group and application, exactly and for the fewest calls, says how old
 the picture is and what it cost, and withdraws it when it is stale.")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${PROJECT_SOURCE_DIR}/deploy/debian/conffiles ${PROJECT_SOURCE_DIR}/deploy/debian/postinst
    ${PROJECT_SOURCE_DIR}/deploy/debian/prerm ${PROJECT_SOURCE_DIR}/deploy/debian/postrm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
