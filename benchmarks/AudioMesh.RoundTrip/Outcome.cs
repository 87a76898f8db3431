// SPDX-License-Identifier: MIT
namespace AudioMesh.RoundTrip;

/// <summary>How many measurements heard something. A rival that does not run here fails nothing of ours.</summary>
internal sealed class Outcome
{
    private int _passed;
    private int _failed;
    private int _skipped;

    public int ExitCode => _failed == 0 ? 0 : 1;

    public void Count(bool isOurs, Func<bool> measure)
    {
        bool isHeard = false;
        try
        {
            isHeard = measure();
        }
        catch (AudioMeshException error)
        {
            Console.WriteLine($"({error.Message})");
        }

        _passed += isHeard ? 1 : 0;
        _failed += !isHeard && isOurs ? 1 : 0;
        _skipped += !isHeard && !isOurs ? 1 : 0;
    }

    public void Skip(string why)
    {
        Console.WriteLine(why);
        _skipped++;
    }

    public override string ToString() => $"{_passed} passed, {_failed} failed, {_skipped} skipped";
}
