; The installer for Windows, compiled by makensis from a bundle: makensis -DVERSION=0.1.0 -DBUNDLE=… -DOUT=… -DICON=…
; It installs for the person who runs it and needs no administrator. What was entered lies in the person's data folder,
; which neither a newer version nor the removal touches.
Unicode true
!include MUI2.nsh

!ifndef VERSION | BUNDLE | OUT | ICON
  !error "say -DVERSION, -DBUNDLE, -DOUT and -DICON"
!endif
!define NAME "Retaguarda"
!define GONE "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"

Name "${NAME} ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "Software\${NAME}" "folder"
RequestExecutionLevel user
SetCompressor /SOLID lzma
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\retaguarda.exe"
!define MUI_FINISHPAGE_RUN_PARAMETERS "run"

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "PortugueseBR"
!insertmacro MUI_LANGUAGE "English"

LangString RUNNING ${LANG_PORTUGUESEBR} "O Retaguarda está aberto. Feche a janela e tente de novo."
LangString RUNNING ${LANG_ENGLISH} "Retaguarda is open. Close its window and try again."

Section "Retaguarda"
  ; A program that runs holds its own file: nothing is half replaced.
  IfFileExists "$INSTDIR\retaguarda.exe" 0 free
    ClearErrors
    Delete "$INSTDIR\retaguarda.exe"
    IfErrors 0 free
      MessageBox MB_OK|MB_ICONSTOP "$(RUNNING)" /SD IDOK
      Abort "$(RUNNING)"
  free:
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\retaguarda.exe" "run"
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\retaguarda.exe" "run"
  WriteRegStr HKCU "Software\${NAME}" "folder" "$INSTDIR"
  WriteRegStr HKCU "${GONE}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${GONE}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${GONE}" "DisplayIcon" "$INSTDIR\retaguarda.exe"
  WriteRegStr HKCU "${GONE}" "Publisher" "${NAME}"
  WriteRegStr HKCU "${GONE}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegDWORD HKCU "${GONE}" "NoModify" 1
  WriteRegDWORD HKCU "${GONE}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  ; Only what was installed; the folder itself goes when nothing else lies in it.
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\retaguarda.exe"
  Delete "$INSTDIR\retaguarda-cli.exe"
  Delete "$INSTDIR\LICENCES.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  DeleteRegKey HKCU "${GONE}"
  DeleteRegKey HKCU "Software\${NAME}"
SectionEnd
