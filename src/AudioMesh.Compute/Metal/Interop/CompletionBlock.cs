// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AudioMesh.Compute.Metal.Interop;

/// <summary>A block of Objective-C on the stack, laid out as Apple's block ABI has it, with one pointer captured. Metal keeps a copy of its own.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct CompletionBlock
{
    /// <summary>Copies point to it, so it is never freed.</summary>
    private static readonly BlockDescriptor* s_descriptor = MakeDescriptor();

    private readonly nint _isa;
    private readonly int _flags;
    private readonly int _reserved;
    private readonly delegate* unmanaged<CompletionBlock*, nint, void> _invoke;
    private readonly BlockDescriptor* _descriptor;

    public CompletionBlock(ObjC objc, delegate* unmanaged<CompletionBlock*, nint, void> invoke, nint captured)
    {
        _isa = objc.StackBlock;
        _invoke = invoke;
        _descriptor = s_descriptor;
        Captured = captured;
    }

    /// <summary>What <c>invoke</c> finds in the copy that it is given.</summary>
    public nint Captured { get; }

    private static BlockDescriptor* MakeDescriptor()
    {
        BlockDescriptor* descriptor = (BlockDescriptor*)RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(CompletionBlock), sizeof(BlockDescriptor));
        descriptor->Size = (nuint)sizeof(CompletionBlock);
        return descriptor;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct BlockDescriptor
    {
        public nuint Reserved;
        public nuint Size;
    }
}
