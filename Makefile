# One target per daily act; see CONTRIBUTING.md.
.PHONY: format check quick smoke bench ptx

format:            # rewrite all sources in the house format
	mvn -q -B -pl build verify -Dformat=apply

check:             # what continuous integration runs
	bash .ci/run

quick:             # compile and test without formatting and static checks
	mvn -q -B -Dquick verify

smoke:             # one of everything, in about a minute
	mvn -q -B -Dquick verify -Dtest='SmokeTest'

bench:             # one suite, briefly: make bench NAME=conv
	./javelin bench run --suite $(NAME) --quick

ptx:               # compile the portable kernels for CUDA, where nvcc is; see docs/gpu.md
	mvn -q -B -Dquick verify -pl kernels/cuda -am -Dtest='PtxTest#isThatOfTheSource' -Djavelin.ptx=write
