; Windows knows only the last part of a file's name, and .json is not ours to take: Switchyard is offered under "Open with".
!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\Switchyard.Config" "" "Switchyard config"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Switchyard.Config\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  WriteRegStr SHELL_CONTEXT "Software\Classes\.json\OpenWithProgids" "Switchyard.Config" ""
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Switchyard.Config"
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.json\OpenWithProgids" "Switchyard.Config"
!macroend
