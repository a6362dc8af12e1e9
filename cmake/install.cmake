# What is installed and packed: the program, manual pages, JSON Schemas, completions, templates, sample SOPs.
install(TARGETS gemba RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

file(GLOB manual_pages CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/man/*.[157])
foreach(page ${manual_pages})
  string(REGEX MATCH "[157]$" section ${page})
  install(FILES ${page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()

install(DIRECTORY man/schema DESTINATION ${CMAKE_INSTALL_DATADIR}/gemba)
install(DIRECTORY templates DESTINATION ${CMAKE_INSTALL_DATADIR}/gemba)
install(DIRECTORY sops DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(FILES LICENSE README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

# Completions are printed by the program itself, so that they know every option.
set(completions ${PROJECT_BINARY_DIR}/completions)
add_custom_command(TARGET gemba POST_BUILD
  COMMAND ${CMAKE_COMMAND} -E make_directory ${completions}
  COMMAND gemba completion bash > ${completions}/gemba
  COMMAND gemba completion zsh > ${completions}/_gemba
  COMMAND gemba completion fish > ${completions}/gemba.fish
  VERBATIM)
install(FILES ${completions}/gemba DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${completions}/_gemba DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${completions}/gemba.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME gemba)
set(CPACK_PACKAGE_VENDOR "The gemba authors")
set(CPACK_PACKAGE_CONTACT "The gemba authors <gemba@example.org>")
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS tzdata)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-noto-cjk, fonts-inter")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
include(CPack)
