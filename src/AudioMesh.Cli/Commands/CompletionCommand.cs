// SPDX-License-Identifier: MIT
using System.CommandLine;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh completion</c>: scripts by which a shell asks the tool's <c>[suggest]</c> directive.</summary>
internal sealed class CompletionCommand : Command
{
    private const string Bash = """
        _audiomesh() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(audiomesh "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _audiomesh audiomesh
        """;

    private const string Zsh = """
        #compdef audiomesh
        _audiomesh() {
          local -a suggestions
          suggestions=("${(@f)$(audiomesh "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          compadd -a suggestions
          _files
        }
        compdef _audiomesh audiomesh
        """;

    private const string Fish = """
        complete -c audiomesh -a '(audiomesh "[suggest:"(commandline -C)"]" (commandline -b) 2>/dev/null)'
        """;

    public CompletionCommand()
        : base("completion", "Prints a script that teaches a shell to complete audiomesh's words.")
    {
        Add(Shell("bash", "For ~/.bashrc.", Bash));
        Add(Shell("zsh", "For ~/.zshrc, after compinit.", Zsh));
        Add(Shell("fish", "For ~/.config/fish/completions/audiomesh.fish.", Fish));
    }

    private static Command Shell(string name, string where, string script)
    {
        Command command = new(name, where);
        command.SetAction(_ => Console.WriteLine(script));
        return command;
    }
}
