// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Hub;

/// <summary>Which channels of a limited number are taken; gives the lowest that fit.</summary>
internal sealed class ChannelRanges(int capacity)
{
    private readonly bool[] _isTaken = new bool[capacity];

    /// <summary>One more than the highest taken.</summary>
    public int Extent { get; private set; }

    /// <summary>Takes <paramref name="count"/> that follow one another; -1 where there are none.</summary>
    public int Take(int count)
    {
        int first = FirstFree(count);
        if (first >= 0)
        {
            _isTaken.AsSpan(first, count).Fill(true);
            Extent = Math.Max(Extent, first + count);
        }

        return first;
    }

    /// <summary>Gives them back.</summary>
    public void Return(int first, int count)
    {
        _isTaken.AsSpan(first, count).Clear();
        Extent = _isTaken.AsSpan().LastIndexOf(true) + 1;
    }

    private int FirstFree(int count)
    {
        int free = 0;
        for (int i = 0; i < _isTaken.Length && count > 0; i++)
        {
            free = _isTaken[i] ? 0 : free + 1;
            if (free == count)
            {
                return i - count + 1;
            }
        }

        return count == 0 ? 0 : -1;
    }
}
