// The words of the portable sources in CUDA C; compiled with -fmad=false.
#define KERNEL extern "C" __global__ void
#define GLOBAL
#define LOCAL __shared__
#define TO_LOCAL
#define DEVICE [[maybe_unused]] static __device__ __forceinline__
#define APART [[maybe_unused]] static __device__ __noinline__
#define RESTRICT __restrict__
#define COMPONENT(v, d) ((d) == 0 ? (v).x : (d) == 1 ? (v).y : (v).z)
#define LID(d) ((int)COMPONENT(threadIdx, d))
#define GRP(d) ((int)COMPONENT(blockIdx, d))
#define GID(d) (GRP(d) * (int)COMPONENT(blockDim, d) + LID(d))
#define BARRIER() __syncthreads()
#define FLOAT_BITS(x) __float_as_int(x)
#define BITS_FLOAT(i) __int_as_float(i)
#define HIGH_32(a, b) __umulhi(a, b)
#define HIGH_64(a, b) __umul64hi(a, b)
#define EXCHANGE(p, value) atomicExch(p, value)
#define uint unsigned int
#define ulong unsigned long long
