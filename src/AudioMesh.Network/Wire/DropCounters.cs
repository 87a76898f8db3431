// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Wire;

/// <summary>Counts what was not heard, by cause. Any thread reads and counts.</summary>
public sealed class DropCounters
{
    private readonly long[] _counts = new long[(int)DropCause.NoSuchStream + 1];

    /// <summary>Datagrams dropped for <paramref name="cause"/>; for <see cref="DropCause.None"/>, those heard.</summary>
    public long this[DropCause cause] => Interlocked.Read(ref _counts[(int)cause]);

    /// <summary>All that were dropped.</summary>
    public long Total
    {
        get
        {
            long total = 0;
            for (int cause = (int)DropCause.None + 1; cause < _counts.Length; cause++)
            {
                total += Interlocked.Read(ref _counts[cause]);
            }

            return total;
        }
    }

    /// <summary>Counts one.</summary>
    public void Add(DropCause cause) => Interlocked.Increment(ref _counts[(int)cause]);
}
