"""Where each numbered case of the corpus is tested: in a list of this package, or by a test."""

NUMBERS = {
    "A": "02 03 04 07 08 09",
    "B": "01 02 04 05",
    "C": "02 03 04 05 07 10 11 12 13 14 17 18",
    "D": "01 02 04 05 06 08 09 11 12 13",
    "E": (
        "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 20 21 22 23 24 25 26 27 28 29 "
        "32 33 36"
    ),
    "G": "01 03 04 05",
    "H": "01 02 04 05 07 08 10 11 12 14 16",
    "I": "01 02 04 05 09 10",
    "J": "01 03 04 06 08 09 10",
    "K": "02 04 05 06 07 09 10 12 13 14 17 18 19",
    "L": "01 03 04 05 06 09 10",
    "M": "02 03 04 06 07 08 11 12 14",
    "P": "01 02 03 04 06 07 08 09 11 12 14 15 16 17",
}
CASES = [letter + number for letter, numbers in NUMBERS.items() for number in numbers.split()]

PAGES = "test_corpus_pages.py::test_the_feedback_runs_nothing_and_calls_nobody"
SETTLED = "test_corpus_settled.py::test_"
ELSEWHERE = {
    "G04": SETTLED + "what_hidden_tests_call_with_is_shown_to_nobody",
    "I01": PAGES,
    "I02": PAGES,
    "I04": "test_corpus_pages.py::test_the_copy_for_the_formgrader_carries_no_scripts",
    "I05": "test_corpus_files.py::test_a_folder_of_another_name_gets_its_line_and_is_not_entered",
    "I09": PAGES,
    "J10": "test_corpus_files.py::test_no_students_id",
    "K18": SETTLED + "a_syntax_error_costs_its_own_answer",
    "K19": "test_honest.py::test_an_honest_notebook_earns_its_marks",
    "L03": SETTLED + "an_answer_that_looks_at_the_clock_is_marked_alike",
    "L04": SETTLED + "the_order_of_a_set_is_the_same_each_time",
    "L05": SETTLED + "numbers_of_half_the_length_are_marked_alike",
    "L06": SETTLED + "an_answer_that_depends_on_luck_is_marked_alike_and_flagged",
    "L09": "test_honest.py::test_an_honest_notebook_earns_its_marks",
    "L10": "test_honest.py::test_an_honest_notebook_earns_its_marks",
    "M02": "test_pool.py::test_a_lost_worker_is_replaced_and_its_work_done_again",
    "M03": "test_journal.py::test_a_journal_cut_off_anywhere_gives_back_nothing_wrong",
    "M04": "test_journal.py::test_a_full_disk_is_named_and_loses_no_earlier_work",
    "M06": "test_command.py::test_a_read_only_output_is_named",
    "M07": "test_run_refusals.py::test_two_graders_do_not_share_an_output",
    "M08": "test_journal.py::test_the_record_before_the_last_is_kept_once_it_was_entered",
    "M11": "test_run_faults.py::test_a_fault_of_the_grader_is_nobodys_zero",
    "M12": "test_run_refusals.py::test_a_broken_solution_stops_before_any_mark",
    "M14": "test_command.py::test_without_a_sandbox_nothing_runs_unless_told",
}
