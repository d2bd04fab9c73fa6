@echo off
rem The command line of the app whose resources this file is in.
"%~dp0..\Switchyard.exe" --log-level=3 --cli -- %*
