// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Media;

/// <summary>
/// When to look whether a device has rendered another block, without its telling: it does so at equal distances, so one sleeps until shortly before and looks in short steps then. A look that finds
/// nothing and one that does leave at most a step of doubt; what is found at the first look may have been there for long, so the next look is earlier.
/// </summary>
/// <param name="periodNs">Nanoseconds from a block to the next.</param>
public struct SendSchedule(long periodNs)
{
    /// <summary>Between two looks.</summary>
    public const long StepNs = 25_000;

    private const long LeadNs = 60_000;
    private const long BackNs = 40_000;
    private const int MostLooks = 40;

    private MeshTime _expected = MeshTime.Unknown;
    private int _looks;

    /// <summary>After a look at <paramref name="now"/> that found <paramref name="blocks"/>, when to look again.</summary>
    public MeshTime Next(MeshTime now, int blocks)
    {
        if (blocks > 0)
        {
            long back = _looks == 0 ? BackNs : 0;
            MeshTime seen = now.Add(-back);
            _expected = _expected.IsKnown && _expected < seen ? new MeshTime(_expected.Nanoseconds + Math.Min(seen - _expected, StepNs)) : seen;
            _expected = _expected.Add(periodNs);
            _looks = 0;
            return Later(now, _expected.Add(-Math.Min(LeadNs, periodNs / 4)));
        }

        if (!_expected.IsKnown || ++_looks > MostLooks)
        {
            _expected = MeshTime.Unknown;
            return now.Add(Math.Min(periodNs / 4, 1_000_000));
        }

        return now.Add(StepNs);
    }

    private static MeshTime Later(MeshTime now, MeshTime then) => then > now ? then : now.Add(StepNs);
}
