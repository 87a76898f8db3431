// SPDX-License-Identifier: MIT
namespace AudioMesh.Simd;

/// <summary>Counts what was checked, and says it.</summary>
internal sealed class Tally
{
    private int _passed;
    private int _skipped;

    public int Failed { get; private set; }

    public void Judge(bool isGood, string what)
    {
        _passed += isGood ? 1 : 0;
        Failed += isGood ? 0 : 1;
        Console.WriteLine($"  {(isGood ? "ok     " : "FAILED ")}{what}");
    }

    public void Skip(string why)
    {
        _skipped++;
        Console.WriteLine($"  skipped: {why}");
    }

    public override string ToString() => $"{_passed} passed, {Failed} failed, {_skipped} skipped";
}
