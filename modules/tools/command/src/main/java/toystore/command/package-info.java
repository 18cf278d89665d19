/**
 * What all commands of bin/toystore have in common: exit codes, the style of help, how a failure is
 * told, and how progress is shown. It knows no command, so every module that has one may use it.
 */
package toystore.command;
