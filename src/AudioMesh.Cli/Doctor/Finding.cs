// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Doctor;

/// <summary>What one check found.</summary>
/// <param name="Check">Its name, for people and programs.</param>
/// <param name="Verdict">How bad it is.</param>
/// <param name="Text">What it found.</param>
/// <param name="Mend">The command or step that mends it; null where there is nothing to mend.</param>
internal sealed record Finding(string Check, Verdict Verdict, string Text, string? Mend)
{
    public static Finding Ok(string check, string text) => new(check, Verdict.Ok, text, null);

    public static Finding Warn(string check, string text, string mend) => new(check, Verdict.Warn, text, mend);

    public static Finding Bad(string check, string text, string mend) => new(check, Verdict.Bad, text, mend);
}
