// SPDX-License-Identifier: MIT

/// What a suite reports, in the one form that every suite, .ci/run and their readers share.
record Counts(int Passed, int Failed, int Skipped)
{
    public static readonly Counts None = new(0, 0, 0);
    public static readonly Counts OneFailed = new(0, 1, 0);

    public static Counts operator +(Counts a, Counts b) => new(a.Passed + b.Passed, a.Failed + b.Failed, a.Skipped + b.Skipped);

    public override string ToString() => $"{Passed} passed, {Failed} failed, {Skipped} skipped";

    /// The counts of the last line that states any; null where none does.
    public static Counts LastIn(IEnumerable<string> lines) => lines
        .Select(line => System.Text.RegularExpressions.Regex.Match(line, @"^(\d+) passed, (\d+) failed, (\d+) skipped$"))
        .Where(match => match.Success)
        .Select(match => new Counts(int.Parse(match.Groups[1].Value), int.Parse(match.Groups[2].Value), int.Parse(match.Groups[3].Value)))
        .LastOrDefault();
}
